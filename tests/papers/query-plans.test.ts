import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inTransaction } from '../../src/context.ts';
import { readPaper } from '../../src/modules/delivery/read-paper.ts';
import { recordStatusChanges } from '../../src/modules/events/record-change.ts';
import { mergePapers } from '../../src/modules/merging/merge-papers.ts';
import { claimDuePapers, millisecondsToNextPaper } from '../../src/modules/papers/completion/due-papers.ts';
import { claimImport } from '../../src/modules/papers/imports/claim-import.ts';
import { findByIdentifiers, findByWorkKeys } from '../../src/modules/papers/library/find-known.ts';
import { deletePaper, getPaper, listPapers } from '../../src/modules/papers/library/paper.ts';
import { useTestDatabase } from '../support/database.ts';
import { type Explained, findExcess, openExplained } from '../support/explained.ts';
import { type FilledLibrary, fillLibrary, type Statistics } from '../support/fill-library.ts';

/** Tables that grow with the library, or with what is published of it. */
const LARGE = new Set([
  ...['papers', 'paper_identifiers', 'merged_papers', 'paper_imports'],
  ...['issues', 'sections', 'items', 'editions', 'publications', 'published_papers'],
]);
const PAPERS = 30_000;
/** The landmark is in every other issue, of which there is one for ten papers. */
const USES_OF_LANDMARK = PAPERS / 20;
const BATCH = 200;
const page = { limit: 20, after: undefined };

type Connections = ReturnType<typeof openExplained>;
type Work = (connections: Connections, library: FilledLibrary) => Promise<unknown>;

/** Pages for readers, with the rows of one table that each may take at most. */
const READS: [string, number, Work][] = [
  ['the page of a paper', 3, ({ pool }, { paper }) => readPaper(pool, paper.id, 'json')],
  // As far as uses are counted; all of them where the planner has to guess how many there are.
  [
    'the page of a paper that half of the issues feature',
    USES_OF_LANDMARK,
    ({ pool }, { landmarkId }) => readPaper(pool, landmarkId, 'json'),
  ],
  ['the page of a paper that was merged', 3, ({ pool }, { mergedId }) => readPaper(pool, mergedId, 'json')],
];

/** What editors, imports and the background do. */
const WORK: [string, number, Work][] = [
  ['a paper by its id', 2, ({ ctx }, { paper }) => getPaper(ctx, paper.id)],
  ['the newest papers', 2 * 21, ({ ctx }) => listPapers(ctx, page)],
  [
    'the papers of a status that few have',
    2 * 21,
    ({ ctx }) => listPapers(ctx, { ...page, status: 'retracted' }),
  ],
  ['the incomplete papers', 2 * 21, ({ ctx }) => listPapers(ctx, { ...page, incomplete: true })],
  [
    'the papers of a batch by their identifiers',
    2 * BATCH,
    ({ ctx }, { identifiersOf }) => findByIdentifiers(ctx, identifiersOf(BATCH)),
  ],
  [
    'the papers of a batch by their titles',
    3 * BATCH,
    ({ ctx }, { workKeysOf }) => findByWorkKeys(ctx, workKeysOf(BATCH)),
  ],
  ['taking papers that are to be completed', 2 * 50, undone(({ ctx }) => claimDuePapers(ctx))],
  ['the time of the next of them', 1, ({ ctx }) => millisecondsToNextPaper(ctx)],
  ['taking an import', 1, undone(({ ctx }) => claimImport(ctx))],
  ['telling readers of a status', 3, undone(({ ctx }, { paper }) => recordStatusChanges(ctx, [paper.id]))],
  [
    'merging a paper',
    8,
    undone(({ ctx }, { paper, duplicateId }) => mergePapers(ctx, paper.id, [duplicateId], '*')),
  ],
  ['deleting a paper', 2, undone(({ ctx }, { unusedId }) => deletePaper(ctx, unusedId, '*'))],
];

class Undone extends Error {}

/** So that each finds what the others found. */
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
  'Where the statistics of a large library are %s,',
  (statistics) => {
    const testDatabase = useTestDatabase();
    let connections: Connections;
    /** As readers' statements are planned: see src/database/client.ts. */
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

    test.each(READS)('%s takes %i rows of a table at most, by an index', async (_what, most, read) => {
      const plans = await generic.explain(() => read(generic, library));
      expect(plans).not.toEqual([]);
      expect(findExcess(plans, LARGE, most)).toEqual([]);
    });

    test.each(WORK)('%s takes %i rows of a table at most, by an index', async (_what, most, work) => {
      const plans = await connections.explain(() => work(connections, library));
      expect(plans).not.toEqual([]);
      expect(findExcess(plans, LARGE, most)).toEqual([]);
    });

    test.each(['arxiv', 'doi'] as const)('a paper is found by its %s with one probe', async (scheme) => {
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

    test('the old id of a paper that was merged costs one probe more', async () => {
      const ofOld = await generic.explain(() => readPaper(generic.pool, library.mergedId, 'json'));
      const ofPaper = await generic.explain(() => readPaper(generic.pool, library.paper.id, 'json'));
      const [first, ...rest] = probesOf(ofOld);
      expect(first).toMatchObject({ kind: 'Index Scan', index: 'merged_papers_pkey', rows: 1 });
      expect(rest).toEqual(probesOf(ofPaper));
    });

    test('imports wait in an index of their own, and so do papers that are to be completed', async () => {
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

/** Looks that found something. */
function probesOf(plans: readonly Explained[]) {
  return plans.flatMap(({ scans }) => scans.filter(({ rows }) => rows > 0));
}
