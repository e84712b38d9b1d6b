import { z } from 'zod';
import { DomainError } from '../errors.ts';
import { Prisma } from './generated/client.ts';

/** Unique constraints that a request can run into: the field that it gave, and what it clashes with. */
const UNIQUE_FIELDS: Record<string, { field: string; message: string }> = {
  newsletters_slug_key: { field: 'slug', message: 'another newsletter has this slug' },
  people_slug_key: { field: 'slug', message: 'another person has this slug' },
  paper_identifiers_pkey: { field: 'identifiers', message: 'another paper has one of these identifiers' },
  issues_newsletter_id_number_key: {
    field: 'number',
    message: 'another issue of this newsletter has this number',
  },
  issues_newsletter_id_slug_key: { field: 'slug', message: 'another issue of this newsletter has this slug' },
  publications_newsletter_id_number_key: {
    field: 'number',
    message: 'another published issue still shows this number to readers; publish its changes first',
  },
  publications_newsletter_id_slug_key: {
    field: 'slug',
    message: 'another published issue still shows this slug to readers; publish its changes first',
  },
};

/** The driver's account of an error, under Prisma's: packages/adapter-pg/src/errors.ts in prisma/prisma. */
const driverFault = z.object({
  driverAdapterError: z.object({
    cause: z.object({
      kind: z.string(),
      code: z.string().optional(),
      constraint: z.object({ index: z.string() }).optional().catch(undefined),
    }),
  }),
});

const UNREACHABLE_KINDS = new Set([
  'DatabaseNotReachable',
  'ConnectionClosed',
  'SocketTimeout',
  'TooManyConnections',
  'TlsConnectionError',
]);
/** P1001 to P1017: no connection. P2024, P2028: none free in time, or the transaction ran out of time. */
const UNREACHABLE_CODES = new Set(['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2028', 'P2037']);
/**
 * Class 08 and 57P: connection lost, server going down. 53: out of connections, memory or disk. 57014, 55P03 and
 * 25P03: took too long. 25006: read-only, as a server is that was failed over from.
 */
const UNREACHABLE_STATES = /^(08...|57P..|53...|57014|55P03|25P03|25006)$/;
const UNREACHABLE_SYSTEM_ERRORS =
  /^(ECONNREFUSED|ECONNRESET|EPIPE|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH)$/;
const UNREACHABLE_MESSAGES =
  /timeout exceeded when trying to connect|timeout expired|Connection terminated|Query read timeout|connection error and is not queryable/;

/** The one place that knows how the database refuses. Null: not a refusal but a fault of ours. */
export function translateDatabaseError(error: unknown): DomainError | null {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return translateDriverError(error);
  if (UNREACHABLE_CODES.has(error.code)) return unreachable();
  const fault = driverFault.safeParse(error.meta).data?.driverAdapterError.cause;
  const kind = fault?.kind ?? '';
  if (kind === 'UniqueConstraintViolation') return uniqueViolation(fault?.constraint?.index ?? '');
  if (kind === 'ForeignKeyConstraintViolation' || kind === 'RestrictViolation') return referenceBroken();
  if (kind === 'TransactionWriteConflict' || error.code === 'P2034') return changedMeanwhile();
  if (UNREACHABLE_KINDS.has(kind) || isUnreachable(fault?.code ?? '', error.message)) return unreachable();
  return null;
}

/** Errors of statements that went past Prisma, and of the pool itself. */
function translateDriverError(error: unknown): DomainError | null {
  if (!(error instanceof Error)) return null;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return isUnreachable(code, error.message) ? unreachable() : null;
}

function isUnreachable(code: string, message: string): boolean {
  return (
    UNREACHABLE_STATES.test(code) ||
    UNREACHABLE_SYSTEM_ERRORS.test(code) ||
    UNREACHABLE_MESSAGES.test(message)
  );
}

function uniqueViolation(constraint: string): DomainError {
  const known = UNIQUE_FIELDS[constraint];
  if (!known) return changedMeanwhile();
  const faults = [{ pointer: `/${known.field}`, code: 'taken', message: known.message }];
  return new DomainError('conflict', `${snake(known.field)}_taken`, `Not unique: ${known.message}.`, {
    faults,
  });
}

function snake(field: string): string {
  return field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function referenceBroken(): DomainError {
  return new DomainError(
    'conflict',
    'in_use',
    'A record that this one refers to is gone, or another still refers to it.',
  );
}

function changedMeanwhile(): DomainError {
  return new DomainError(
    'conflict',
    'changed_meanwhile',
    'Another change came between; read again and repeat.',
  );
}

function unreachable(): DomainError {
  return new DomainError('unavailable', 'database_unavailable', 'The database does not answer in time.');
}
