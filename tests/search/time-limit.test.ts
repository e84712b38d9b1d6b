import type pg from 'pg';
import { expect, test } from 'vitest';
import { limitTime } from '../../src/modules/search/limit-time.ts';
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

test('A search that takes too long is a 503 that says when to try again', async () => {
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
    body: { type: 'urn:masthead:problem:search-too-slow' },
  });
  expect(await letter.find('gnu')).toEqual(['Found']);
});

test('What the planner took too lightly is tried once more, by the index of words', async () => {
  const { pool } = masthead.database;
  const attempts: unknown[] = [];
  const answer = await limitTime(pool, async (client) => {
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

test('A search leaves the connection as it found it, also when it fails', async () => {
  const { pool } = masthead.database;
  const failure = new Error('broken');
  await expect(limitTime(pool, () => Promise.reject(failure))).rejects.toBe(failure);
  await expect(limitTime(pool, (client) => client.query('SELECT 1/0'))).rejects.toMatchObject({
    code: '22012',
  });
  expect(pool.totalCount).toBe(pool.idleCount);
  const client = await pool.connect();
  expect(await settingsOf(client)).toEqual({ walks: 'on', limit: '30s', isReadOnly: 'off' });
  client.release();
});
