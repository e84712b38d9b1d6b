import { inspect } from 'node:util';
import { BackupError } from '../backup/backup-error.ts';
import { ConfigError } from '../config.ts';
import { EmbeddedPostgresError } from '../database/embedded/start-embedded.ts';
import { MigrationError } from '../database/migrate.ts';
import { DomainError } from '../errors.ts';

const OPERATOR_ERRORS = [BackupError, ConfigError, EmbeddedPostgresError, MigrationError];

/** Describes an error for the terminal: only the message if the operator can fix it, otherwise with the stack. */
export function describeError(error: unknown): string {
  if (OPERATOR_ERRORS.some((kind) => error instanceof kind) && error instanceof Error) return error.message;
  if (error instanceof DomainError) return describeRefusal(error);
  if (isSystemError(error, 'EADDRINUSE')) return `Cannot listen: ${error.message}. Set PORT to a free port.`;
  return inspect(error);
}

function describeRefusal({ message, details }: DomainError): string {
  const faults = (details.faults ?? []).map((fault) => `  ${fault.pointer}: ${fault.message}`);
  return [message, ...faults].join('\n');
}

function isSystemError(error: unknown, code: string): error is Error {
  return error instanceof Error && 'code' in error && error.code === code;
}
