import { beforeEach, describe, expect, test } from 'vitest';
import { inTransaction } from '../../../src/context.ts';
import { createPaper } from '../../../src/modules/papers/library/create-papers.ts';
import { useMasthead } from '../../support/app.ts';
import { countStatements } from '../../support/count-statements.ts';
import { entry, send } from './sending.ts';

const masthead = useMasthead();

let tag: number;
beforeEach(() => {
  tag = Math.floor(performance.now() * 1_000);
});

describe('A batch of an import', () => {
  test('takes the same number of statements however many papers it creates', async () => {
    const create = (count: number, word: string) =>
      send(
        masthead,
        Array.from({ length: count }, (_, at) =>
          entry(`k${at}`, { title: `${word} ${at}`, doi: `10.1000/${word}.${tag}.${at}` }),
        ).join('\n'),
      );
    await create(1, 'first');
    const few = await countStatements(() => create(2, 'few'));
    const many = await countStatements(() => create(100, 'many'));
    expect(many).toBe(few);
  });

  test('takes no further statements for further records of a paper', async () => {
    const sendRecords = (count: number, word: string) => {
      const records = Array.from({ length: count }, (_, at) =>
        entry(`k${at}`, { title: word, doi: `10.1000/${word}.${tag}`, ...FURTHER_FIELDS[at] }),
      );
      return send(masthead, records.join('\n'));
    };
    await sendRecords(1, 'alone');
    const once = await countStatements(() => sendRecords(1, 'once'));
    const often = await countStatements(() => sendRecords(4, 'often'));
    expect(often).toBe(once);
  });

  test('is repeated when another request creates one of its papers meanwhile, and matches that paper', async () => {
    const doi = `10.1000/race.${tag}`;
    const { answer, id } = await inTransaction(masthead.ctx, async (ctx) => {
      const { id } = await createPaper(ctx, { title: 'Created meanwhile', doi });
      const answer = send(masthead, entry('k', { title: 'Imported', doi, year: '2020' }));
      await expect.poll(countWaiting).toBe(1);
      return { answer, id };
    });
    expect((await answer).body).toMatchObject({
      status: 'finished',
      records: [{ outcome: 'matched', paperId: id, filled: ['year', 'csl'] }],
    });
  });
});

const FURTHER_FIELDS: Record<string, string>[] = [
  {},
  { year: '2020' },
  { journal: 'A venue' },
  { author: 'Doe, Jane' },
];

/** Transactions that wait for another to end: an INSERT waits for the same key. */
async function countWaiting(): Promise<number> {
  const { rows } = await masthead.database.pool.query(
    `SELECT count(*)::int AS waiting FROM pg_locks JOIN pg_stat_activity USING (pid)
     WHERE locktype = 'transactionid' AND NOT granted AND datname = current_database()`,
  );
  return rows[0].waiting;
}
