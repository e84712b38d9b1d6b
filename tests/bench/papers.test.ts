import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { idOf } from '../../bench/fill/plan.ts';
import { writeKnown } from '../../bench/papers/bibliography.ts';
import { fillLibrary } from '../../bench/papers/fill-library.ts';
import { libraryPaperAt } from '../../bench/papers/library-paper.ts';
import { measureImports } from '../../bench/papers/measure-imports.ts';
import { measureQuestions } from '../../bench/papers/measure-questions.ts';
import { FREQUENT, FREQUENT_USES, LANDMARK, planLibrary } from '../../bench/papers/plan.ts';
import type { OpenLibrary } from '../../bench/papers/questions.ts';
import type { ServerChild } from '../../bench/server-child.ts';
import { startMasthead } from '../../bench/servers.ts';
import { useMasthead } from '../support/app.ts';
import { makeIssue, makeNewsletter, publish } from '../support/factories.ts';

const masthead = useMasthead();

const PAPERS = 1_000;
const ISSUES = 250;
/** One paper with each kind of identifier. */
const SAMPLE = [4, 5, 6, 7];

const plan = planLibrary(PAPERS);
let imported: unknown[];
let directory: string;
let server: ServerChild;

beforeAll(async () => {
  imported = await importSample();
  const client = await masthead.database.pool.connect();
  try {
    await client.query('DELETE FROM papers');
    await fillLibrary(client, plan, () => {});
  } finally {
    client.release();
  }
  directory = await mkdtemp(join(tmpdir(), 'masthead-test-'));
  const place = { databaseUrl: masthead.databaseUrl, directory, core: null };
  server = await startMasthead(place, { METADATA_LOOKUP: 'false' });
});

afterAll(async () => {
  await server?.stop();
  await rm(directory, { recursive: true, force: true });
});

describe('a library that the benchmark has filled', () => {
  test('the filled papers equal those that an import creates', async () => {
    expect(imported).toHaveLength(SAMPLE.length);
    expect(await readSample()).toEqual(imported);
  });

  test.each(['identifier', 'title'] as const)(
    'an import matches the papers by %s and has nothing to fill in',
    async (by) => {
      const { status, body } = await send(writeKnown(SAMPLE, by));
      expect(status).toBe(201);
      expect(body.records).toMatchObject(SAMPLE.map(() => ({ outcome: 'matched', filled: [] })));
    },
  );

  test('the uses agree with the publications of their issues', async () => {
    const { rows } = await masthead.database.pool.query(
      `SELECT count(*)::int AS uses, count(DISTINCT (use.issue_id, anchor))::int AS anchors
       FROM published_papers AS use JOIN publications USING (issue_id, newsletter_id, published_at, number)
       JOIN editions ON editions.id = edition_id AND editions.issue_id = publications.issue_id
       JOIN issues ON issues.id = publications.issue_id AND issues.status = 'published'`,
    );
    expect(rows).toEqual([{ uses: 5 * PAPERS, anchors: 5 * PAPERS }]);
  });

  test('the uses have the form that publishing writes', async () => {
    const { id: newsletterId } = await makeNewsletter(masthead);
    const items = [{ kind: 'paper', title: 'Item 1', body: 'x', paperId: paperId(4) }];
    const sections = [{ title: 'Papers', items }];
    const issue = await makeIssue(masthead, { newsletterId, title: 'Issue 1', sections });
    await publish(masthead, issue.id);
    const [published, filled] = [await readUse(issue.id), await readUse(idOf(plan.issues, 'issue', 0))];
    expect(filled).toEqual(published);
    expect(filled).toEqual({ title: 'Item 1', anchor: 'item-1', position: 1 });
    await masthead.as('editor').delete(`/admin/v1/issues/${issue.id}/publication`, { 'if-match': '*' });
  });

  test('the frequent and the landmark paper have the planned number of uses', async () => {
    const total = async (index: number) =>
      (await masthead.anonymous.get(`/content/v1/papers/${paperId(index)}`)).body.featuredTotal;
    expect(await total(FREQUENT)).toBe(FREQUENT_USES);
    expect(await total(LANDMARK)).toBe(ISSUES);
    expect(await total(500)).toBeLessThan(10);
  });
});

describe('the benchmark of papers', () => {
  test('every question has a measured answer', async () => {
    const questions = await measureQuestions([open()], { rounds: 1, seconds: 0 });
    expect(questions.map(({ measured }) => measured)).toEqual(
      questions.map(() => [
        { name: 'a library', readings: [expect.objectContaining({ cpu: expect.any(Number) })] },
      ]),
    );
    expect(questions.length).toBeGreaterThan(5);
  });

  test('the benchmark measures two imports of a file beside readers', async () => {
    const imports = await measureImports(open(), 150);
    expect(imports).toMatchObject([{ count: 150 }, { count: 150 }]);
    expect(imports.every(({ seconds, readers }) => seconds > 0 && readers.length > 0)).toBe(true);
  });
});

function open(): OpenLibrary {
  return { ...{ name: 'a library', plan, server }, databaseName: '', databaseUrl: masthead.databaseUrl };
}

function send(payload: string) {
  const headers = { 'content-type': 'application/x-bibtex' };
  return masthead.as('author').send({ method: 'POST', url: '/admin/v1/papers/imports', payload, headers });
}

async function importSample(): Promise<unknown[]> {
  expect(await send(writeKnown(SAMPLE, 'identifier'))).toMatchObject({ status: 201 });
  return readSample();
}

/** The sample's papers and identifiers, without the columns that differ for every row. */
async function readSample(): Promise<unknown[]> {
  const { rows } = await masthead.database.pool.query(
    `SELECT to_jsonb(papers) - '{id,created_at,updated_at}'::text[] AS paper,
       (SELECT jsonb_agg(to_jsonb(one) - 'paper_id' ORDER BY position) FROM paper_identifiers AS one
        WHERE paper_id = papers.id) AS identifiers
     FROM papers WHERE title = ANY ($1) ORDER BY title`,
    [SAMPLE.map((index) => libraryPaperAt(index).title)],
  );
  return rows;
}

async function readUse(issueId: string): Promise<unknown> {
  const { rows } = await masthead.database.pool.query(
    `SELECT to_jsonb(one) - '{issue_id,item_id,paper_id,newsletter_id,published_at,number}'::text[] AS use
     FROM published_papers AS one WHERE issue_id = $1 ORDER BY item_id LIMIT 1`,
    [issueId],
  );
  return rows[0]?.use;
}

function paperId(index: number): string {
  return idOf(plan.papers, 'paper', index);
}
