import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inTransaction } from '../../src/context.ts';
import { findNewestIssue } from '../../src/modules/delivery/find-newest-issue.ts';
import { type ArchiveQuery, readArchive } from '../../src/modules/delivery/read-archive.ts';
import { readChanges } from '../../src/modules/delivery/read-changes.ts';
import { type IssueKey, readIssue } from '../../src/modules/delivery/read-issue.ts';
import { readNewsletter, readNewsletterWithLatest } from '../../src/modules/delivery/read-newsletters.ts';
import { readPaper } from '../../src/modules/delivery/read-paper.ts';
import { listEvents } from '../../src/modules/events/list-events.ts';
import { createIssue, listIssues } from '../../src/modules/issues/editing/issue.ts';
import { getReadiness } from '../../src/modules/issues/readiness/readiness.ts';
import { claimDueIssue, millisecondsToNext } from '../../src/modules/publishing/due-issue.ts';
import { listEditions } from '../../src/modules/publishing/editions.ts';
import { publishDueIssue, publishIssue, unpublishIssue } from '../../src/modules/publishing/publish-issue.ts';
import { readCitation } from '../../src/modules/references/read-citation.ts';
import { readIssuePapers } from '../../src/modules/references/read-issue-papers.ts';
import { type MostFeaturedQuery, readMostFeatured } from '../../src/modules/uses/read-most-featured.ts';
import { readUses, type UsesQuery } from '../../src/modules/uses/read-uses.ts';
import { FEATURED_KINDS, type FeaturedKind } from '../../src/modules/uses/use-tables.ts';
import { useTestDatabase } from '../support/database.ts';
import { findExcess, openExplained } from '../support/explained.ts';
import { type Filled, fillArchive } from '../support/fill-archive.ts';

/** Tables that grow with what is published. */
const LARGE = new Set([
  ...['issues', 'sections', 'items', 'editions', 'events'],
  ...['publications', 'publication_tags', 'publication_changes', 'published_papers', 'published_links'],
  'published_texts',
  ...['published_people', 'published_tags'],
]);
const COUNT = 12_000;

type Connections = ReturnType<typeof openExplained>;
type Read = (connections: Connections, filled: Filled) => Promise<unknown>;

const publicUrl = 'http://masthead.test';
const nextPageOf = () => ({ cursor: '', address: '' });
const middle = { publishedAt: '2001-01-01T00:00:00.000Z', number: 8000 };
const page = { limit: 20, after: undefined };

function archive(query: Partial<ArchiveQuery>, slug = 'large'): Read {
  const all = { ...page, year: undefined, tag: undefined, fields: undefined, include: undefined };
  return ({ pool }) => readArchive(pool, slug, { ...all, ...query }, publicUrl, nextPageOf);
}

function issue(key: IssueKey, slug = 'large'): Read {
  return ({ pool }) => readIssue(pool, slug, key, publicUrl);
}

function issuePapers(key: string, slug = 'large'): Read {
  return ({ pool }) => readIssuePapers(pool, slug, key, 'json');
}

/** Its document is none that could be cited. */
function citation(key: string, slug = 'large'): Read {
  return ({ pool }) => expect(readCitation(pool, slug, { issue: key }, publicUrl, 'json')).rejects.toThrow();
}

/** Uses of what is featured often, and then seldom. */
function uses(kind: FeaturedKind, names: (filled: Filled) => string, query: Partial<UsesQuery> = {}): Read {
  const all = { ...page, newsletterSlug: undefined };
  return ({ pool }, filled) =>
    readUses(pool, { kind, name: names(filled) }, { ...all, ...query }, nextPageOf);
}

const OFTEN = {
  papers: ({ paperId }: Filled) => paperId,
  people: ({ author }: Filled) => author,
  tags: () => 'all',
  domains: () => 'example.org',
};
const SELDOM = {
  papers: ({ seldomPaperId }: Filled) => seldomPaperId,
  people: ({ seldomAuthor }: Filled) => seldomAuthor,
  tags: () => 'tag-of-1',
  domains: () => 'host-1.example',
};
const NEVER = { ...OFTEN, tags: () => 'none', domains: () => 'none.example' };

/** A page, and whether it is featured at all. */
const USES: [string, number, Read][] = FEATURED_KINDS.flatMap((kind): [string, number, Read][] => {
  const [often, seldom, never] = [OFTEN[kind], SELDOM[kind], NEVER[kind]];
  const after = { ...middle, user: '00000000-0000-0000-0000-000000000000' };
  const [large, dormant] = ['large', 'small-1'].map((newsletterSlug) => ({ newsletterSlug }));
  return [
    [`uses of ${kind}`, 22, uses(kind, often)],
    [`the longest page of uses of ${kind}`, 102, uses(kind, often, { limit: 100 })],
    [`the middle of uses of ${kind}`, 22, uses(kind, often, { after })],
    [`uses of ${kind} in one newsletter`, 22, uses(kind, often, large)],
    [`the middle of uses of ${kind} in one newsletter`, 22, uses(kind, often, { ...large, after })],
    [`uses of ${kind} in a newsletter that published nothing since`, 22, uses(kind, often, dormant)],
    [`uses of ${kind} that few feature`, 22, uses(kind, seldom)],
    [`uses of ${kind} that few feature, further on`, 22, uses(kind, seldom, { after })],
    [`uses of ${kind} that few feature, in one newsletter`, 22, uses(kind, seldom, large)],
    [`uses of ${kind} that none features, or in no such place`, 22, uses(kind, never, { ...dormant, after })],
  ];
});

function most(kind: FeaturedKind, slug: string | null): Read {
  const period = { from: new Date('2000-03-01T00:00:00Z'), to: new Date('2000-03-02T00:00:00Z') };
  const query: MostFeaturedQuery = { kind, period, limit: 20 };
  return ({ pool }) => readMostFeatured(pool, slug, query);
}

/** A day has 24 issues in the large newsletter, and as many in the others until all of theirs are out; each has six tags. */
const MOST: [string, number, Read][] = FEATURED_KINDS.flatMap((kind): [string, number, Read][] => [
  [`what is most featured of ${kind}`, 48 * 6, most(kind, null)],
  [`what one newsletter features most of ${kind}`, 24 * 6, most(kind, 'large')],
]);

/** What readers ask for, with the rows of one table that it may take at most: those of the page, and one more. */
const READS: [string, number, Read][] = [
  ['the archive', 21, archive({})],
  ['the longest page of the archive', 101, archive({ limit: 100 })],
  ['the middle of the archive', 21, archive({ after: middle })],
  ['a year of the archive', 21, archive({ year: 2001 })],
  ['a tag that all have', 21, archive({ tag: 'all' })],
  ['a tag that some have', 21, archive({ tag: 'tag-3' })],
  ['a tag that some have, further on', 21, archive({ tag: 'tag-3', after: middle })],
  ['a tag that some have, of a year', 21, archive({ tag: 'tag-3', year: 2000 })],
  ['a tag that none has', 21, archive({ tag: 'none' })],
  ['the archive with its texts', 21, archive({ include: ['intro'] })],
  ['the archive of a newsletter that published nothing since', 21, archive({}, 'small-1')],
  ['the latest issue', 2, issue({ by: 'latest' })],
  ['the latest issue of a newsletter that published nothing since', 2, issue({ by: 'latest' }, 'small-1')],
  ['an issue by number', 2, issue({ by: 'number', number: 5000 })],
  ['an issue by slug', 2, issue({ by: 'slug', slug: 'issue-5000' })],
  ['a newsletter', 1, ({ pool }) => readNewsletter(pool, 'large', publicUrl)],
  ['a newsletter with its latest', 1, ({ pool }) => readNewsletterWithLatest(pool, 'small-1', publicUrl)],
  [
    'a paper that half of the issues feature',
    1000,
    ({ pool }, { paperId }) => readPaper(pool, paperId, 'json'),
  ],
  ['a paper that few feature', 1000, ({ pool }, { seldomPaperId }) => readPaper(pool, seldomPaperId, 'json')],
  ['the reference of a paper', 1, ({ pool }, { paperId }) => readPaper(pool, paperId, 'bibtex')],
  ['the papers of an issue by number', 3, issuePapers('5000')],
  ['the papers of an issue by slug', 3, issuePapers('issue-5000')],
  ['the papers of the latest issue', 3, issuePapers('latest')],
  [
    'the papers of the latest issue of a newsletter that published nothing since',
    3,
    issuePapers('latest', 'small-1'),
  ],
  ['the citation of an issue', 1, citation('5000')],
  ['the citation of the latest issue', 1, citation('latest', 'small-1')],
  [
    'the first changes',
    21,
    ({ pool }) => readChanges(pool, 'large', { ...page, include: undefined }, publicUrl, nextPageOf),
  ],
  [
    'changes in the middle, with documents',
    21,
    ({ pool }, { newsletter, editionAt }) => {
      const after = { newsletter: newsletter.id, position: 5000, edition: editionAt(5000) };
      return readChanges(pool, 'large', { limit: 20, after, include: ['document'] }, publicUrl, nextPageOf);
    },
  ],
  ['the newest issue of all', 1, ({ pool }) => findNewestIssue(pool)],
  ...USES,
  ...MOST,
];

/** What editors and the schedule do, in this order. */
const WORK: [string, number, Read][] = [
  [
    'the list of issues',
    21,
    ({ ctx }, { newsletter }) => listIssues(ctx, newsletter.id, { ...page, status: undefined }),
  ],
  [
    'the list of drafts',
    21,
    ({ ctx }, { newsletter }) => listIssues(ctx, newsletter.id, { ...page, status: 'draft' }),
  ],
  ['the list of events', 21, ({ ctx }) => listEvents(ctx, page)],
  [
    'the events of a newsletter',
    21,
    ({ ctx }, { newsletter }) => listEvents(ctx, { ...page, newsletterId: newsletter.id }),
  ],
  ['the editions of an issue', 21, ({ ctx }, { draftId }) => listEditions(ctx, draftId, page)],
  ['the checklist of an issue', 3, ({ ctx }, { draftId }) => getReadiness(ctx, draftId)],
  ['making an issue', 3, ({ ctx }, { newsletter }) => createIssue(ctx, newsletter.id, { title: 'A title' })],
  ['publishing an issue', 3, ({ ctx }, { draftId }) => publishIssue(ctx, draftId, '*')],
  ['withdrawing an issue', 3, ({ ctx }, { draftId }) => unpublishIssue(ctx, draftId, '*')],
  ['the time of the next due issue', 3, ({ ctx }) => millisecondsToNext(ctx, [])],
  [
    'publishing a due issue',
    3,
    ({ ctx }) =>
      inTransaction(ctx, async (ctx) => {
        const due = await claimDueIssue(ctx, []);
        if (!due) throw new Error('Nothing is due.');
        await publishDueIssue(ctx, due.id);
      }),
  ],
];

/** Most newsletters and papers are small, so that statistics say little of the large ones; or they are middling. */
describe.each([2, 60])('Where %i issues are the average, and one newsletter has thousands,', (average) => {
  const testDatabase = useTestDatabase();
  const opened: Connections[] = [];
  let filled: Filled;

  beforeAll(async () => {
    // Named statements are planned either way, as the server finds it cheaper.
    opened.push(openExplained(testDatabase.url, 'force_custom_plan'));
    opened.push(openExplained(testDatabase.url, 'force_generic_plan'));
    filled = await fillArchive(first().pool, COUNT, average);
  });

  afterAll(async () => {
    for (const connections of opened) await connections.close();
  });

  function first(): Connections {
    const [connections] = opened;
    if (!connections) throw new Error('There are connections once the tests run.');
    return connections;
  }

  test.each(READS)('%s takes %i rows of a table at most, by an index', async (_what, most, read) => {
    for (const connections of opened) {
      const plans = await connections.explain(() => read(connections, filled));
      expect(plans).not.toEqual([]);
      expect(findExcess(plans, LARGE, most)).toEqual([]);
    }
  });

  test.each(WORK)('%s takes %i rows of a table at most, by an index', async (_what, most, work) => {
    const plans = await first().explain(() => work(first(), filled));
    expect(plans).not.toEqual([]);
    expect(findExcess(plans, LARGE, most)).toEqual([]);
  });

  test('what reads a whole table, or sorts it, is told of', async () => {
    const { pool, explain } = first();
    const plans = await explain(async () => {
      await pool.query('SELECT number FROM publications ORDER BY title, slug');
      await pool.query('SELECT number FROM publications WHERE number > 0 LIMIT 30 OFFSET 30');
    });
    const excess = findExcess(plans, LARGE, 21);
    expect(excess.some((each) => each.startsWith('Sort of 16'))).toBe(true);
    expect(excess.filter((each) => / of 16\d+ rows of publications/.test(each))).toHaveLength(1);
    expect(excess.filter((each) => / of 60 rows of publications/.test(each))).toHaveLength(1);
  });
});
