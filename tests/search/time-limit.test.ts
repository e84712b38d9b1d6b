import type pg from 'pg';
import { expect, test, vi } from 'vitest';
import { readWithinTimeLimit } from '../../src/modules/search/read-within-time-limit.ts';
import { useMasthead } from '../support/app.ts';
import { makeLetter } from './searching.ts';

const masthead = useMasthead();

async function settingsOf(client: pg.ClientBase) {
  const { rows } = await client.query(
    `SELECT current_setting('enable_indexscan') AS walks, current_setting('statement_timeout') AS limit,
       current_setting('transaction_read_only') AS "isReadOnly"`,
  );
  return rows[0];
}

test('a search that takes too long returns 503 and Retry-After', async () => {
  const letter = await makeLetter(masthead);
  await letter.publish({ items: [{ title: 'Found', body: 'gnu' }] });
  const other = await masthead.database.pool.connect();
  await other.query('BEGIN; LOCK TABLE published_texts IN ACCESS EXCLUSIVE MODE');
  const answer = await letter.search('gnu');
  await other.query('ROLLBACK');
  other.release();
  expect(answer).toMatchObject({
    status: 503,
    headers: { 'retry-after': '2', 'cache-control': 'no-store' },
    body: { type: 'http://masthead.test/problems/search-too-slow' },
  });
  expect(await letter.find('gnu')).toEqual(['Found']);
});

test('a search that exceeds the first limit is tried again without index scans', async () => {
  const { pool } = masthead.database;
  const attempts: unknown[] = [];
  const answer = await readWithinTimeLimit(pool, async (client) => {
    attempts.push(await settingsOf(client));
    if (attempts.length === 1) await client.query('SELECT pg_sleep(30)');
    return 'found';
  });
  expect(answer).toBe('found');
  expect(attempts).toEqual([
    { walks: 'on', limit: '500ms', isReadOnly: 'on' },
    { walks: 'off', limit: '1500ms', isReadOnly: 'on' },
  ]);
});

test('the statements of both attempts of a search share one time limit', async () => {
  const { pool } = masthead.database;
  const clock = vi.spyOn(performance, 'now').mockReturnValue(0);
  const times: number[] = [];
  const takeUntil = async (client: pg.ClientBase, time: number) => {
    await client.query('SELECT 1');
    clock.mockReturnValue(time);
    times.push(time);
  };
  const answer = readWithinTimeLimit(pool, async (client) => {
    const isFirst = times.length === 0;
    await takeUntil(client, 1_500);
    if (isFirst) await client.query('SELECT pg_sleep(30)');
    await takeUntil(client, 2_499);
    await takeUntil(client, 2_501);
    await takeUntil(client, 2_502);
  });
  await expect(answer).rejects.toMatchObject({ code: 'search_too_slow' });
  clock.mockRestore();
  expect(times).toEqual([1_500, 1_500, 2_499, 2_501]);
  expect(pool.totalCount).toBe(pool.idleCount);
});

test('a failed search returns the connection with its settings reset', async () => {
  const { pool } = masthead.database;
  const failure = new Error('broken');
  await expect(readWithinTimeLimit(pool, () => Promise.reject(failure))).rejects.toBe(failure);
  await expect(readWithinTimeLimit(pool, (client) => client.query('SELECT 1/0'))).rejects.toMatchObject({
    code: '22012',
  });
  expect(pool.totalCount).toBe(pool.idleCount);
  const client = await pool.connect();
  expect(await settingsOf(client)).toEqual({ walks: 'on', limit: '30s', isReadOnly: 'off' });
  client.release();
});
