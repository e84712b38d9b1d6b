import { inspect } from 'node:util';
import { ConfigError } from './config.ts';
import { EmbeddedPostgresError } from './database/embedded.ts';
import { MigrationError } from './database/migrate.ts';

const MENDABLE = [ConfigError, EmbeddedPostgresError, MigrationError];

/** For the terminal: what the operator can mend in a sentence, anything else with its stack. */
export function describeFault(error: unknown): string {
  if (MENDABLE.some((kind) => error instanceof kind) && error instanceof Error) return error.message;
  if (isSystemError(error, 'EADDRINUSE')) return `The address is taken: ${error.message}. Set another PORT.`;
  if (isSystemError(error, 'ECONNREFUSED')) return `No database answers at DATABASE_URL: ${error.message}`;
  return inspect(error);
}

function isSystemError(error: unknown, code: string): error is Error {
  return error instanceof Error && 'code' in error && error.code === code;
}
