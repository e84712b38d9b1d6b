import { describe, expect, test } from 'vitest';
import { translateDatabaseError } from '../../src/database/errors.ts';

const failure = (code: string, message = '') => Object.assign(new Error(message), { code });

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

  test.each(['42703', '42P01', '23502', 'XX000', ''])('the code %s is not translated', (code) => {
    expect(translateDatabaseError(failure(code, 'column does not exist'))).toBeNull();
  });
});
