import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inTransaction } from '../../src/context.ts';
import { readPaper } from '../../src/modules/delivery/read-paper.ts';
import { mergePapers } from '../../src/modules/merging/merge-papers.ts';
import { claimDuePapers, msUntilNextPaper } from '../../src/modules/papers/completion/due-papers.ts';
import { claimImport } from '../../src/modules/papers/imports/claim-import.ts';
import { findByIdentifiers, findByWorkKeys } from '../../src/modules/papers/library/find-known.ts';
import { deletePaper, getPaper, listPapers } from '../../src/modules/papers/library/paper.ts';
import { logPaperStatuses } from '../../src/modules/publications/changes/change-log.ts';
import { requirePaperUnused } from '../../src/modules/uses/require-unused.ts';
import { useTestDatabase } from '../support/database.ts';
import { type Explained, findExcess, openExplained } from '../support/explained.ts';
import { type FilledLibrary, fillLibrary, type Statistics } from '../support/fill-library.ts';

/** Tables that grow with the library or with what is published. */
const LARGE = new Set([
  ...['papers', 'paper_identifiers', 'merged_papers', 'paper_imports'],
  ...['issues', 'sections', 'items', 'editions', 'publications', 'published_papers'],
]);
const PAPERS = 30_000;
/** There is one issue for ten papers, and every other issue features the landmark paper. */
const USES_OF_LANDMARK = PAPERS / 20;
const BATCH = 200;
const page = { limit: 20, after: undefined };

type Connections = ReturnType<typeof openExplained>;
type Work = (connections: Connections, library: FilledLibrary) => Promise<unknown>;

/** Reads of the Content API, with the number of rows that each may read from one table. */
const READS: [string, number, Work][] = [
  ['reading a paper', 3, ({ pool }, { paper }) => readPaper(pool, paper.id, 'json')],
  // Uses are counted up to a limit, but a plan made without good statistics may read all of them.
  [
    'reading a paper that half of the issues feature',
    USES_OF_LANDMARK,
    ({ pool }, { landmarkId }) => readPaper(pool, landmarkId, 'json'),
  ],
  ['reading a paper by its merged id', 3, ({ pool }, { mergedId }) => readPaper(pool, mergedId, 'json')],
];

/** Operations of editors, imports and background tasks. */
const WORK: [string, number, Work][] = [
  ['getting a paper', 2, ({ ctx }, { paper }) => getPaper(ctx, paper.id)],
  ['listing the newest papers', 2 * 21, ({ ctx }) => listPapers(ctx, page)],
  [
    'listing the papers with a rare status',
    2 * 21,
    ({ ctx }) => listPapers(ctx, { ...page, status: 'retracted' }),
  ],
  ['listing incomplete papers', 2 * 21, ({ ctx }) => listPapers(ctx, { ...page, incomplete: true })],
  [
    'finding a batch of papers by identifiers',
    2 * BATCH,
    ({ ctx }, { identifiersOf }) => findByIdentifiers(ctx, identifiersOf(BATCH)),
  ],
  [
    'finding a batch of papers by titles',
    3 * BATCH,
    ({ ctx }, { workKeysOf }) => findByWorkKeys(ctx, workKeysOf(BATCH)),
  ],
  ['claiming papers to complete', 2 * 50, undone(({ ctx }) => claimDuePapers(ctx))],
  ['finding when the next paper is due', 1, ({ ctx }) => msUntilNextPaper(ctx)],
  ['claiming an import', 1, undone(({ ctx }) => claimImport(ctx))],
  ['recording a status change', 3, undone(({ ctx }, { paper }) => logPaperStatuses(ctx, [paper.id]))],
  [
    'merging a paper',
    8,
    undone(({ ctx }, { paper, duplicateId }) => mergePapers(ctx, paper.id, [duplicateId], '*')),
  ],
  [
    'deleting a paper',
    2,
    undone(({ ctx }, { unusedId }) => deletePaper(ctx, unusedId, '*', requirePaperUnused)),
  ],
];

class Undone extends Error {}

/** Rolls the work back, so that the next test finds the same rows. */
function undone(work: Work): Work {
  return async (connections, library) => {
    const done = inTransaction(connections.ctx, async (ctx) => {
      await work({ ...connections, ctx }, library);
      throw new Undone();
    });
    await expect(done).rejects.toThrow(Undone);
  };
}

describe.each<Statistics>(['fresh', 'none', 'of a small library'])(
  'query plans in a large library (planner statistics: %s)',
  (statistics) => {
    const testDatabase = useTestDatabase();
    let connections: Connections;
    /** Uses generic plans, as the connections for readers do. See src/database/client.ts. */
    let generic: Connections;
    let library: FilledLibrary;

    beforeAll(async () => {
      connections = openExplained(testDatabase.url, 'auto');
      generic = openExplained(testDatabase.url, 'force_generic_plan');
      library = await fillLibrary(connections.pool, PAPERS, statistics);
    });

    afterAll(async () => {
      await connections.close();
      await generic.close();
    });

    test.each(READS)('%s reads at most %i rows of a table, by an index', async (_what, most, read) => {
      const plans = await generic.explain(() => read(generic, library));
      expect(plans).not.toEqual([]);
      expect(findExcess(plans, LARGE, most)).toEqual([]);
    });

    test.each(WORK)('%s reads at most %i rows of a table, by an index', async (_what, most, work) => {
      const plans = await connections.explain(() => work(connections, library));
      expect(plans).not.toEqual([]);
      expect(findExcess(plans, LARGE, most)).toEqual([]);
    });

    test.each(['arxiv', 'doi'] as const)('finding a paper by %s takes one index probe', async (scheme) => {
      const { arxivId, doi, id } = library.paper;
      const identifier = { scheme, value: scheme === 'arxiv' ? arxivId : doi, version: null };
      const plans = await connections.explain(async () => {
        const { data } = await listPapers(connections.ctx, { ...page, identifier });
        expect(data.map((paper) => paper.id)).toEqual([id]);
      });
      expect(probesOf(plans).slice(0, 2)).toEqual([
        { table: 'paper_identifiers', kind: 'Index Scan', index: 'paper_identifiers_pkey', rows: 1 },
        { table: 'papers', kind: 'Index Scan', index: 'papers_pkey', rows: 1 },
      ]);
      expect(findExcess(plans, LARGE, 2)).toEqual([]);
    });

    test('reading a paper by its merged id takes one more index probe', async () => {
      const ofOld = await generic.explain(() => readPaper(generic.pool, library.mergedId, 'json'));
      const ofPaper = await generic.explain(() => readPaper(generic.pool, library.paper.id, 'json'));
      const [first, ...rest] = probesOf(ofOld);
      expect(first).toMatchObject({ kind: 'Index Scan', index: 'merged_papers_pkey', rows: 1 });
      expect(rest).toEqual(probesOf(ofPaper));
    });

    test('claiming imports and claiming papers to complete use partial indexes', async () => {
      const { ctx, explain } = connections;
      const claims = undone(async ({ ctx }) => [await claimImport(ctx), await claimDuePapers(ctx)]);
      const used = (await explain(() => claims({ ...connections, ctx }, library))).flatMap(
        ({ scans }) => scans,
      );
      expect(used.map(({ index }) => index)).toEqual(
        expect.arrayContaining(['paper_imports_open_idx', 'papers_complete_at_idx']),
      );
    });
  },
);

/** The scans that found rows. */
function probesOf(plans: readonly Explained[]) {
  return plans.flatMap(({ scans }) => scans.filter(({ rows }) => rows > 0));
}
