import pg from 'pg';
import { vi } from 'vitest';
import { HEARTBEAT_QUERY } from '../../src/background/listen.ts';

/** Counts the statements that this process sends while `fn` runs, without the keep-alive queries of its listener. */
export async function countStatements(fn: () => Promise<unknown>): Promise<number> {
  const query = vi.spyOn(pg.Client.prototype, 'query');
  try {
    await fn();
    return query.mock.calls.filter(([statement]) => String(statement) !== HEARTBEAT_QUERY).length;
  } finally {
    query.mockRestore();
  }
}
