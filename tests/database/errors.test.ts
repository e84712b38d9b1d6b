import { DriverAdapterError } from '@prisma/driver-adapter-utils';
import { describe, expect, test } from 'vitest';
import { isConnectionLost, translateDatabaseError } from '../../src/database/errors.ts';
import { Prisma } from '../../src/database/generated/client.ts';

const failure = (code: string, message = '') => Object.assign(new Error(message), { code });
const terminated: ConstructorParameters<typeof DriverAdapterError>[0] = {
  kind: 'postgres',
  ...{ code: '57P01', severity: 'FATAL', message: 'terminating connection' },
  ...{ detail: undefined, column: undefined, hint: undefined },
};
const known = (code: string, meta: Record<string, unknown> = {}) =>
  new Prisma.PrismaClientKnownRequestError('Failed', { code, meta, clientVersion: '7' });

describe('An error of the database', () => {
  test.each([
    ...['08006', '57P01', '57P03', '53300', '53100', '57014', '55P03', '25P03', '25006'],
    ...['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH'],
  ])('%s says that it does not answer', (code) => {
    expect(translateDatabaseError(failure(code))).toMatchObject({
      kind: 'unavailable',
      code: 'database_unavailable',
    });
  });

  test.each([
    'timeout exceeded when trying to connect',
    'Connection terminated unexpectedly',
    'Query read timeout',
    'Client has encountered a connection error and is not queryable',
  ])('of the driver says so too: %s', (message) => {
    expect(translateDatabaseError(new Error(message))).toMatchObject({ kind: 'unavailable' });
  });

  test.each<[string, Error]>([
    ['by itself', new DriverAdapterError(terminated)],
    ['within one of Prisma', known('P2010', { driverAdapterError: new DriverAdapterError(terminated) })],
    ['of its socket', new DriverAdapterError({ kind: 'ConnectionClosed' })],
    ['without a kind of its own, to which Prisma gives its code', known('EHOSTUNREACH')],
  ])('of the driver adapter says so too: %s', (_how, error) => {
    expect(translateDatabaseError(error)).toMatchObject({ code: 'database_unavailable' });
    expect(isConnectionLost(error)).toBe(true);
  });

  test('of the driver adapter is translated by itself too', () => {
    const clash = { kind: 'UniqueConstraintViolation', constraint: { index: 'people_slug_key' } } as const;
    expect(translateDatabaseError(new DriverAdapterError(clash))).toMatchObject({ code: 'slug_taken' });
    expect(
      translateDatabaseError(new DriverAdapterError({ kind: 'TransactionWriteConflict' })),
    ).toMatchObject({ code: 'changed_meanwhile' });
  });

  test.each(['57014', '55P03', '53300', 'P2028'])('%s came over a connection that lives', (code) => {
    expect(translateDatabaseError(failure(code))).toMatchObject({ code: 'database_unavailable' });
    expect(isConnectionLost(failure(code))).toBe(false);
  });

  test.each(['42703', '42P01', '23502', 'XX000', ''])('%s is a fault of ours', (code) => {
    expect(translateDatabaseError(failure(code, 'column does not exist'))).toBeNull();
  });
});
