import type pg from 'pg';
import { DomainError } from '../../errors.ts';

/** Milliseconds for each statement of an attempt. */
const AS_PLANNED = 500;
const BY_INDEX = 1_500;
/** Milliseconds after which neither attempt begins another statement; to wait for a first connection is not counted. */
const ALL_IN_ALL = 2_500;

/**
 * One search has one process. No plan is compiled: that takes longer than to run it. A word of six letters of
 * which two are swapped shares a quarter of its trigrams with itself.
 */
const BEGIN = `
  BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;
  SET LOCAL jit = off;
  SET LOCAL max_parallel_workers_per_gather = 0;
  SET LOCAL pg_trgm.similarity_threshold = 0.2;`;

type Read<T> = (client: pg.ClientBase) => Promise<T>;

/**
 * Reads of one moment. What takes too long is tried once more by the index of words alone: PostgreSQL takes a
 * word that was common in years gone by for one that it soon meets, and would walk past all that came since.
 */
export async function limitTime<T>(pool: pg.Pool, read: Read<T>): Promise<T> {
  let deadline: number | undefined;
  const readInTime: Read<T> = (client) => {
    deadline ??= performance.now() + ALL_IN_ALL;
    return read(refuseAfter(deadline, client));
  };
  try {
    return await attempt(pool, `${BEGIN} SET LOCAL statement_timeout = ${AS_PLANNED}`, readInTime);
  } catch (error) {
    if (!isCancelled(error)) throw error;
  }
  try {
    const settings = `SET LOCAL statement_timeout = ${BY_INDEX}; SET LOCAL enable_indexscan = off`;
    return await attempt(pool, `${BEGIN} ${settings}`, readInTime);
  } catch (error) {
    throw isCancelled(error) ? tooSlow() : error;
  }
}

/** The same client, which takes no more statements once it is too late. */
function refuseAfter(deadline: number, client: pg.ClientBase): pg.ClientBase {
  return new Proxy(client, {
    get(target, property) {
      if (property !== 'query') return Reflect.get(target, property);
      if (performance.now() > deadline) throw tooSlow();
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

/** An error: the connection is of no more use. */
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

function tooSlow(): DomainError {
  return new DomainError(
    'unavailable',
    'search_too_slow',
    'The search took too long; other words may be quicker.',
  );
}
