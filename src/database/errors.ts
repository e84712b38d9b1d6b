import { z } from 'zod';
import { CommitFailed } from '../context.ts';
import { DomainError } from '../errors.ts';

/** Unique constraints that a request can violate, with the field of the request and the message of its fault. */
const UNIQUE_FIELDS: Record<string, { field: 'identifiers' | 'number' | 'slug'; message: string }> = {
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
    message: 'readers still see another issue under this number; publish the changes to that issue first',
  },
  publications_newsletter_id_slug_key: {
    field: 'slug',
    message: 'readers still see another issue under this slug; publish the changes to that issue first',
  },
};

/** An error as the driver adapter describes it: packages/adapter-pg/src/errors.ts in prisma/prisma. */
const driverFault = z.object({
  kind: z.string(),
  code: z.string().optional(),
  constraint: z.object({ index: z.string() }).optional().catch(undefined),
});
type DriverFault = z.infer<typeof driverFault>;

/** Prisma wraps the error of the driver adapter, except at COMMIT and ROLLBACK, where it throws it as it is. */
const wrappedError = z.object({ meta: z.object({ driverAdapterError: z.object({ cause: driverFault }) }) });
const bareError = z.object({ name: z.literal('DriverAdapterError'), cause: driverFault });

const LOST_KINDS = new Set([
  'DatabaseNotReachable',
  'ConnectionClosed',
  'SocketTimeout',
  'TlsConnectionError',
]);
/** Prisma's codes for a connection that cannot be made, times out or is closed. */
const LOST_CODES = new Set(['P1001', 'P1002', 'P1008', 'P1017']);
/**
 * SQLSTATEs. 08: connection errors. 57P: server shutdown. 25P03: the server ended an idle transaction. 25006: the
 * server is read-only, as the old primary is after a failover.
 */
const LOST_STATES = /^(08...|57P..|25P03|25006)$/;
const LOST_SYSTEM_ERRORS =
  /^(ECONNREFUSED|ECONNRESET|EPIPE|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH)$/;
const LOST_MESSAGES =
  /timeout expired|Connection terminated|Query read timeout|connection error and is not queryable/;

/** P2024: timeout while waiting for a connection. P2028: the transaction took too long. P2037: too many connections. */
const BUSY_CODES = new Set(['P2024', 'P2028', 'P2037']);
/** SQLSTATEs. 53: out of connections, memory or disk. 57014: statement timeout. 55P03: lock timeout. */
const BUSY_STATES = /^(53...|57014|55P03)$/;
const BUSY_MESSAGES = /timeout exceeded when trying to connect/;

/** Converts an error of the database to the error that clients get. Returns null if it is a bug, which is a 500. */
export function translateDatabaseError(error: unknown): DomainError | null {
  const facts = readFacts(error);
  const { kind, constraint } = facts;
  if (error instanceof CommitFailed && isLoss(facts)) return unknownOutcome();
  if (kind === 'UniqueConstraintViolation') return uniqueViolation(constraint?.index ?? '');
  if (kind === 'ForeignKeyConstraintViolation' || kind === 'RestrictViolation') return referenceBroken();
  if (kind === 'TransactionWriteConflict' || facts.codes.includes('P2034')) return changedMeanwhile();
  return isLoss(facts) || isBusy(facts) ? unreachable() : null;
}

/** Whether the connection was lost or could not be made. A new attempt may succeed. */
export function isConnectionLost(error: unknown): boolean {
  return isLoss(readFacts(error));
}

/** Whether the database could not be reached or did not answer in time, which is not the fault of the work. */
export function isUnavailable(error: unknown): boolean {
  const facts = readFacts(error);
  return isLoss(facts) || isBusy(facts);
}

/** The parts of an error from Prisma, its driver adapter, pg, pg-pool or Node that identify it. */
type ErrorFacts = { codes: readonly string[]; message: string } & Pick<DriverFault, 'kind' | 'constraint'>;

function readFacts(error: unknown): ErrorFacts {
  if (error instanceof CommitFailed) return readFacts(error.cause);
  if (!(error instanceof Error)) return { codes: [], message: '', kind: '', constraint: undefined };
  const fault: DriverFault | undefined =
    wrappedError.safeParse(error).data?.meta.driverAdapterError.cause ??
    bareError.safeParse(error).data?.cause;
  const own = 'code' in error && typeof error.code === 'string' ? [error.code] : [];
  const codes = fault?.code === undefined ? own : [...own, fault.code];
  return { codes, message: error.message, kind: fault?.kind ?? '', constraint: fault?.constraint };
}

function isLoss({ codes, message, kind }: ErrorFacts): boolean {
  return (
    LOST_KINDS.has(kind) ||
    LOST_MESSAGES.test(message) ||
    codes.some((code) => LOST_CODES.has(code) || LOST_STATES.test(code) || LOST_SYSTEM_ERRORS.test(code))
  );
}

function isBusy({ codes, message, kind }: ErrorFacts): boolean {
  return (
    kind === 'TooManyConnections' ||
    BUSY_MESSAGES.test(message) ||
    codes.some((code) => BUSY_CODES.has(code) || BUSY_STATES.test(code))
  );
}

function uniqueViolation(constraint: string): DomainError {
  const known = UNIQUE_FIELDS[constraint];
  if (!known) return changedMeanwhile();
  const faults = [{ pointer: `/${known.field}`, code: 'taken' as const, message: known.message }];
  return new DomainError('conflict', `${known.field}_taken`, `Not unique: ${known.message}.`, {
    faults,
  });
}

function referenceBroken(): DomainError {
  return new DomainError(
    'conflict',
    'in_use',
    'A record that this record refers to does not exist, or another record still refers to this one.',
  );
}

function changedMeanwhile(): DomainError {
  return new DomainError(
    'conflict',
    'changed_meanwhile',
    'Another request changed the record at the same time. Read it again and repeat the request.',
  );
}

function unknownOutcome(): DomainError {
  return new DomainError(
    'unavailable',
    'outcome_unknown',
    'The connection to the database was lost while the change was being stored, so it may or may not have been made.',
  );
}

function unreachable(): DomainError {
  return new DomainError(
    'unavailable',
    'database_unavailable',
    'The database is unavailable, or it did not answer in time.',
  );
}
