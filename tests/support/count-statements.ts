import pg from 'pg';
import { vi } from 'vitest';
import { PULSE_QUESTION } from '../../src/background/listen.ts';

/** That this process sends while `fn` runs, but for those by which its listener feels the server's pulse. */
export async function countStatements(fn: () => Promise<unknown>): Promise<number> {
  const query = vi.spyOn(pg.Client.prototype, 'query');
  try {
    await fn();
    return query.mock.calls.filter(([statement]) => String(statement) !== PULSE_QUESTION).length;
  } finally {
    query.mockRestore();
  }
}
