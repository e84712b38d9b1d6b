import type pg from 'pg';
import { DomainError } from '../../errors.ts';

const STATEMENT_TIMEOUT_MS = 500;
const INDEX_ONLY_STATEMENT_TIMEOUT_MS = 1_500;
/** No statement starts after this. The wait for the first connection does not count. */
const TOTAL_TIMEOUT_MS = 2_500;

/**
 * JIT compilation would take longer than the query. Without parallel workers, one search uses one backend process. The
 * similarity threshold is low because swapping two letters of a six-letter word leaves only a quarter of its trigrams.
 */
const BEGIN = `
  BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;
  SET LOCAL jit = off;
  SET LOCAL max_parallel_workers_per_gather = 0;
  SET LOCAL pg_trgm.similarity_threshold = 0.2;`;

type Read<T> = (client: pg.ClientBase) => Promise<T>;

/**
 * Runs `read` on one snapshot. If a statement times out, `read` runs once more with index scans off, so that only the
 * GIN index on words is used. This helps with a word that used to be common: the planner expects to meet it soon, and
 * scans every newer text first.
 *
 * Throws `search_too_slow` if the second attempt times out too.
 */
export async function readWithinTimeLimit<T>(pool: pg.Pool, read: Read<T>): Promise<T> {
  let deadline: number | undefined;
  const readInTime: Read<T> = (client) => {
    deadline ??= performance.now() + TOTAL_TIMEOUT_MS;
    return read(withDeadline(deadline, client));
  };
  try {
    return await attempt(pool, `${BEGIN} SET LOCAL statement_timeout = ${STATEMENT_TIMEOUT_MS}`, readInTime);
  } catch (error) {
    if (!isCancelled(error)) throw error;
  }
  try {
    const settings = `SET LOCAL statement_timeout = ${INDEX_ONLY_STATEMENT_TIMEOUT_MS}; SET LOCAL enable_indexscan = off`;
    return await attempt(pool, `${BEGIN} ${settings}`, readInTime);
  } catch (error) {
    throw isCancelled(error) ? searchTooSlow() : error;
  }
}

/** The same client, except that it throws instead of running a statement after the deadline. */
function withDeadline(deadline: number, client: pg.ClientBase): pg.ClientBase {
  return new Proxy(client, {
    get(target, property) {
      if (property !== 'query') return Reflect.get(target, property);
      if (performance.now() > deadline) throw searchTooSlow();
      return target.query.bind(target);
    },
  });
}

async function attempt<T>(pool: pg.Pool, begin: string, read: Read<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query(begin);
    return await read(client);
  } finally {
    client.release(await endTransaction(client));
  }
}

/** Returns the error if the rollback failed, so that the pool discards the connection. */
async function endTransaction(client: pg.ClientBase): Promise<Error | undefined> {
  try {
    await client.query('ROLLBACK');
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** query_canceled: https://www.postgresql.org/docs/current/errcodes-appendix.html */
function isCancelled(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '57014';
}

function searchTooSlow(): DomainError {
  return new DomainError(
    'unavailable',
    'search_too_slow',
    'The search took too long. Try rarer or more specific words.',
  );
}
