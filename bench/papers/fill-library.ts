import type pg from 'pg';
import { resolvePatch } from '../../src/modules/papers/library/resolve-identifiers.ts';
import { identifierRows, paperColumns } from '../../src/modules/papers/record/paper-columns.ts';
import type { PaperInput } from '../../src/modules/papers/record/schemas.ts';
import { copyRows, type Row } from '../fill/copy-rows.ts';
import { idOf, timeOf } from '../fill/plan.ts';
import { withoutIndexes } from '../fill/without-indexes.ts';
import { citationKeyOf, libraryPaperAt } from './library-paper.ts';
import { type LibraryPlan, paperOfUse, USES_OF_ISSUE } from './plan.ts';

/** The number of papers or issues that are in memory at once. */
const BATCH_SIZE = 2_000;

type Filling = { table: string; columns: string; rowsOf(plan: LibraryPlan, index: number): Row[] };

/** Each table follows the tables that it references. */
const OF_PAPER: readonly Filling[] = [
  {
    table: 'papers',
    columns: 'id, title, work_key, authors, year, abstract, csl, created_at, updated_at',
    rowsOf: (plan, index) => [rowOfPaper(plan, index)],
  },
  {
    table: 'paper_identifiers',
    columns: 'scheme, value, version, position, paper_id',
    rowsOf: (plan, index) =>
      identifierRows(idOf(plan.papers, 'paper', index), fieldsOf(index).identifiers ?? []).map(
        ({ scheme, value, version, position, paperId }) => [scheme, value, version, position, paperId],
      ),
  },
];

/** Only the rows that reads of a paper's uses need. */
const OF_ISSUE: readonly Filling[] = [
  {
    table: 'issues',
    columns: 'id, newsletter_id, number, slug, title, status, created_at, updated_at',
    rowsOf: ({ issues }, index) => [
      [...headOf(issues, index), 'published', timeOf(issues, index), timeOf(issues, index)],
    ],
  },
  {
    table: 'editions',
    columns: 'id, issue_id, version, revision, document, summary, hash, published_at',
    rowsOf: ({ issues }, index) => [
      [
        ...[idOf(issues, 'edition', index), idOf(issues, 'issue', index), 1, 1, '{}', '{}', '0'.repeat(64)],
        timeOf(issues, index),
      ],
    ],
  },
  {
    table: 'publications',
    columns: 'issue_id, newsletter_id, number, slug, title, tags, edition_id, published_at',
    rowsOf: ({ issues }, index) => [
      [...headOf(issues, index), [], idOf(issues, 'edition', index), timeOf(issues, index)],
    ],
  },
  {
    table: 'published_papers',
    columns: 'item_id, paper_id, title, anchor, position, issue_id, newsletter_id, published_at, number',
    rowsOf: (plan, index) =>
      Array.from({ length: USES_OF_ISSUE }, (_, place) => rowOfUse(plan, index, place)),
  },
];

const TABLES = [...OF_PAPER, ...OF_ISSUE].map(({ table }) => table);

/** Fills the library in one transaction and then analyses the tables. `onProgress` counts papers, then issues. */
export async function fillLibrary(
  client: pg.ClientBase,
  plan: LibraryPlan,
  onProgress: (done: number, total: number) => void,
): Promise<void> {
  const total = plan.papers.issues + plan.issues.issues;
  await client.query('BEGIN');
  try {
    await client.query(
      "INSERT INTO newsletters (id, slug, title, language, time_zone) VALUES ($1, $2, 'A letter', 'en', 'UTC')",
      [idOf(plan.issues, 'newsletter', 0), plan.issues.slug],
    );
    await withoutIndexes(client, TABLES, async () => {
      await copyAll(client, plan, OF_PAPER, plan.papers.issues, (done) => onProgress(done, total));
      const before = plan.papers.issues;
      await copyAll(client, plan, OF_ISSUE, plan.issues.issues, (done) => onProgress(before + done, total));
    });
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  }
  await client.query(`VACUUM (ANALYZE) newsletters, ${TABLES.join(', ')}`);
}

async function copyAll(
  client: pg.ClientBase,
  plan: LibraryPlan,
  fillings: readonly Filling[],
  count: number,
  onProgress: (done: number) => void,
): Promise<void> {
  for (let start = 0; start < count; start += BATCH_SIZE) {
    const indexes = Array.from(
      { length: Math.min(BATCH_SIZE, count - start) },
      (_, offset) => start + offset,
    );
    for (const { table, columns, rowsOf } of fillings) {
      const rows = indexes.flatMap((index) => rowsOf(plan, index));
      await copyRows(client, table, columns, rows);
    }
    onProgress(start + indexes.length);
  }
}

function rowOfPaper({ papers }: LibraryPlan, index: number): Row {
  const { title, workKey, authors, year, abstract, csl } = paperColumns(fieldsOf(index));
  const at = timeOf(papers, index);
  return [
    ...[idOf(papers, 'paper', index), title, workKey, JSON.stringify(authors), year, abstract],
    ...[JSON.stringify(csl), at, at],
  ];
}

/** As an import of the bibliography in bibliography.ts creates it. */
function fieldsOf(index: number) {
  const { arxivId, doi, ...paper } = libraryPaperAt(index);
  const spelled = [...(arxivId ? [`arXiv:${arxivId}`] : []), ...(doi ? [`doi:${doi}`] : [])];
  const type = arxivId ? 'article' : 'article-journal';
  const input: PaperInput = {
    ...paper,
    identifiers: spelled,
    csl: { type, 'citation-key': citationKeyOf(index) },
  };
  return resolvePatch(input, []);
}

function headOf(issues: LibraryPlan['issues'], index: number): Row {
  const number = index + 1;
  const newsletterId = idOf(issues, 'newsletter', 0);
  return [idOf(issues, 'issue', index), newsletterId, number, `issue-${number}`, `Issue ${number}`];
}

function rowOfUse(plan: LibraryPlan, index: number, place: number): Row {
  const { issues, uses, papers } = plan;
  const itemId = idOf(uses, 'item', index * USES_OF_ISSUE + place);
  const paperId = idOf(papers, 'paper', paperOfUse(plan, index, place));
  const newsletterId = idOf(issues, 'newsletter', 0);
  return [
    ...[
      itemId,
      paperId,
      `Item ${place + 1}`,
      `item-${place + 1}`,
      place + 1,
      idOf(issues, 'issue', index),
      newsletterId,
    ],
    ...[timeOf(issues, index), index + 1],
  ];
}
