import type pg from 'pg';
import { makeRandom } from '../random.ts';
import { copyRows } from './copy-rows.ts';
import { headOf, makeIssue } from './make-issue.ts';
import { countPapers, paperAt } from './papers.ts';
import { type FillPlan, idOf, timeOf } from './plan.ts';
import { type Filling, OF_ISSUE, OF_PAPER, type Published } from './tables.ts';
import { withoutIndexes } from './without-indexes.ts';

/** The number of issues or papers that are in memory at once. */
const BATCH_SIZE = 2_000;

const TABLES = OF_ISSUE.map(({ table }) => table);

/** Fills the newsletter in one transaction and then analyses the tables. `onProgress` counts issues. */
export async function fillNewsletter(
  client: pg.ClientBase,
  plan: FillPlan,
  onProgress: (done: number, total: number) => void,
): Promise<void> {
  await client.query('BEGIN');
  try {
    await insertNewsletter(client, plan);
    await copyPapers(client, plan);
    const words = await withoutIndexes(client, TABLES, () => copyIssues(client, plan, onProgress));
    await finish(client, plan, words);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  }
  await client.query(`VACUUM (ANALYZE) newsletters, papers, published_words, ${TABLES.join(', ')}`);
}

async function insertNewsletter(client: pg.ClientBase, plan: FillPlan): Promise<void> {
  const id = idOf(plan, 'newsletter', 0);
  const { slug, title, language, timeZone } = headOf(plan);
  await client.query(
    'INSERT INTO newsletters (id, slug, title, language, time_zone) VALUES ($1, $2, $3, $4, $5)',
    [id, slug, title, language, timeZone],
  );
  await client.query(
    `INSERT INTO events (id, type, at, actor_kind, actor_name, newsletter_id, subject_kind, subject_id)
     VALUES ($1, 'newsletter.created', $2, 'system', 'fill', $3, 'newsletter', $3)`,
    [idOf(plan, 'event', plan.issues), timeOf(plan, 0), id],
  );
}

async function copyPapers(client: pg.ClientBase, plan: FillPlan): Promise<void> {
  for (const indexes of batches(countPapers(plan))) {
    const papers = indexes.map((index) => ({ paper: paperAt(plan, index), at: timeOf(plan, 0) }));
    await copyAll(client, OF_PAPER, papers);
  }
}

/** Returns the words of the issues. */
async function copyIssues(
  client: pg.ClientBase,
  plan: FillPlan,
  onProgress: (done: number, total: number) => void,
): Promise<Set<string>> {
  const random = makeRandom(1);
  const words = new Set<string>();
  const newsletterId = idOf(plan, 'newsletter', 0);
  for (const indexes of batches(plan.issues)) {
    const issues = indexes.map((index): Published => {
      const document = makeIssue(plan, index, random);
      return { plan, index, newsletterId, document };
    });
    for (const filling of OF_ISSUE) await copyAll(client, filling, issues);
    for (const issue of issues) addWords(words, issue);
    onProgress((indexes.at(-1) ?? 0) + 1, plan.issues);
  }
  return words;
}

async function copyAll<T>(client: pg.ClientBase, filling: Filling<T>, sources: readonly T[]): Promise<void> {
  const { table, columns, rowsOf } = filling;
  await copyRows(
    client,
    table,
    columns,
    sources.flatMap((source) => rowsOf(source)),
  );
}

/** Finds the same words as the parser of PostgreSQL, because these texts contain only ASCII letters. */
function addWords(words: Set<string>, { document: { title, intro, sections } }: Published): void {
  const items = sections.flatMap((section) => section.items);
  const texts = [
    ...[title, intro?.markdown, ...sections.map((section) => section.title)],
    ...items.flatMap(({ title, body, paper }) => [
      title,
      body?.markdown,
      paper?.title,
      paper?.authors[0]?.name,
    ]),
  ];
  for (const [word] of texts
    .join(' ')
    .toLowerCase()
    .matchAll(/[a-z]{2,40}/g))
    words.add(word);
}

/** Inserts the rows that exist once per newsletter. */
async function finish(client: pg.ClientBase, plan: FillPlan, words: ReadonlySet<string>): Promise<void> {
  const id = idOf(plan, 'newsletter', 0);
  await copyRows(client, 'publication_logs', 'newsletter_id, last_position', [[id, plan.issues]]);
  await copyRows(client, 'published_configs', 'newsletter_id, config', [[id, 'english']]);
  await copyRows(
    client,
    'published_words',
    'newsletter_id, word',
    [...words].map((word) => [id, word]),
  );
}

/** The numbers from 0 to `count - 1`, in batches. */
function* batches(count: number): Generator<number[]> {
  for (let start = 0; start < count; start += BATCH_SIZE) {
    yield Array.from({ length: Math.min(BATCH_SIZE, count - start) }, (_, offset) => start + offset);
  }
}
