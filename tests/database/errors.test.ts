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

describe('translateDatabaseError', () => {
  test.each([
    ...['08006', '57P01', '57P03', '53300', '53100', '57014', '55P03', '25P03', '25006'],
    ...['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH'],
  ])('the code %s means that the database is unavailable', (code) => {
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
  ])('the driver’s error “%s” means that the database is unavailable', (message) => {
    expect(translateDatabaseError(new Error(message))).toMatchObject({ kind: 'unavailable' });
  });

  test.each<[string, Error]>([
    ['by itself', new DriverAdapterError(terminated)],
    ['within one of Prisma', known('P2010', { driverAdapterError: new DriverAdapterError(terminated) })],
    ['of its socket', new DriverAdapterError({ kind: 'ConnectionClosed' })],
    ['without a kind of its own, to which Prisma gives its code', known('EHOSTUNREACH')],
  ])('an error of the driver adapter says that the connection is lost: %s', (_how, error) => {
    expect(translateDatabaseError(error)).toMatchObject({ code: 'database_unavailable' });
    expect(isConnectionLost(error)).toBe(true);
  });

  test('an error of the driver adapter outside of a Prisma error is translated', () => {
    const clash = { kind: 'UniqueConstraintViolation', constraint: { index: 'people_slug_key' } } as const;
    expect(translateDatabaseError(new DriverAdapterError(clash))).toMatchObject({ code: 'slug_taken' });
    expect(
      translateDatabaseError(new DriverAdapterError({ kind: 'TransactionWriteConflict' })),
    ).toMatchObject({ code: 'changed_meanwhile' });
  });

  test.each(['57014', '55P03', '53300', 'P2028'])(
    'the code %s does not mean that the connection is lost',
    (code) => {
      expect(translateDatabaseError(failure(code))).toMatchObject({ code: 'database_unavailable' });
      expect(isConnectionLost(failure(code))).toBe(false);
    },
  );

  test.each(['42703', '42P01', '23502', 'XX000', ''])('the code %s is not translated', (code) => {
    expect(translateDatabaseError(failure(code, 'column does not exist'))).toBeNull();
  });
});
