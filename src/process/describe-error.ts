import { inspect } from 'node:util';
import { ConfigError } from '../config.ts';
import { EmbeddedPostgresError } from '../database/embedded/start-embedded.ts';
import { MigrationError } from '../database/migrate.ts';
import { DomainError } from '../errors.ts';

const MENDABLE = [ConfigError, EmbeddedPostgresError, MigrationError];

/** For the terminal: a sentence for what the operator can mend, anything else with its stack. */
export function describeFault(error: unknown): string {
  if (MENDABLE.some((kind) => error instanceof kind) && error instanceof Error) return error.message;
  if (error instanceof DomainError) return describeRefusal(error);
  if (isSystemError(error, 'EADDRINUSE')) return `The address is taken: ${error.message}. Set another PORT.`;
  return inspect(error);
}

function describeRefusal({ message, details }: DomainError): string {
  const faults = (details.faults ?? []).map((fault) => `  ${fault.pointer}: ${fault.message}`);
  return [message, ...faults].join('\n');
}

function isSystemError(error: unknown, code: string): error is Error {
  return error instanceof Error && 'code' in error && error.code === code;
}
