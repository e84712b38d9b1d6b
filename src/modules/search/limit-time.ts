import type pg from 'pg';
import { DomainError } from '../../errors.ts';

/** Milliseconds for each statement of a search. */
const STATEMENT_TIMEOUT = 2_000;

/**
 * What a search reads, it reads of one moment. Each statement is planned for the words that it asks for, and
 * none is compiled, which takes longer than to run it. Similar words share more than a third of their trigrams.
 */
const BEGIN = `
  BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;
  SET LOCAL statement_timeout = ${STATEMENT_TIMEOUT};
  SET LOCAL plan_cache_mode = force_custom_plan;
  SET LOCAL jit = off;
  SET LOCAL pg_trgm.similarity_threshold = 0.35`;

/** Refuses when a statement takes too long. */
export async function limitTime<T>(pool: pg.Pool, read: (client: pg.ClientBase) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query(BEGIN);
    return await read(client);
  } catch (error) {
    throw isCancelled(error) ? tooSlow() : error;
  } finally {
    client.release(await endTransaction(client));
  }
}

/** An error means that the connection is of no more use. */
async function endTransaction(client: pg.ClientBase): Promise<Error | undefined> {
  try {
    await client.query('ROLLBACK');
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** https://www.postgresql.org/docs/current/errcodes-appendix.html: query_canceled */
function isCancelled(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '57014';
}

function tooSlow(): DomainError {
  return new DomainError(
    'unavailable',
    'search_too_slow',
    'The search took too long; ask for less common words.',
  );
}
