import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findNewestIssue } from '../../src/modules/delivery/find-newest-issue.ts';
import { type ArchiveQuery, readArchive } from '../../src/modules/delivery/read-archive.ts';
import { readChanges } from '../../src/modules/delivery/read-changes.ts';
import { type IssueKey, readIssue } from '../../src/modules/delivery/read-issue.ts';
import { readNewsletter, readNewsletterWithLatest } from '../../src/modules/delivery/read-newsletters.ts';
import { readPaper } from '../../src/modules/delivery/read-paper.ts';
import { type EventQuery, listEvents } from '../../src/modules/events/list-events.ts';
import { createIssue, listIssues } from '../../src/modules/issues/editing/issue.ts';
import { getReadiness } from '../../src/modules/issues/readiness/readiness.ts';
import { restampEdition } from '../../src/modules/publications/staging/stage-edition.ts';
import { listEditionsOfIssue } from '../../src/modules/publishing/editions/read-editions.ts';
import { msUntilNextIssue } from '../../src/modules/publishing/schedule/claim-due-issues.ts';
import { publishDueBatch } from '../../src/modules/publishing/schedule/publish-due-batch.ts';
import { stageIssue } from '../../src/modules/publishing/staging/stage-issue.ts';
import { publishIssue, unpublishIssue } from '../../src/modules/publishing/workflow/publish-issue.ts';
import { readCitation } from '../../src/modules/references/read-citation.ts';
import { readIssuePapers } from '../../src/modules/references/read-issue-papers.ts';
import { type MostFeaturedQuery, readMostFeatured } from '../../src/modules/uses/read-most-featured.ts';
import { readUses, type UsesQuery } from '../../src/modules/uses/read-uses.ts';
import { FEATURED_KINDS, type FeaturedKind } from '../../src/modules/uses/use-tables.ts';
import { useTestDatabase } from '../support/database.ts';
import { findExcess, openExplained } from '../support/explained.ts';
import { type Filled, fillArchive } from '../support/fill-archive.ts';

/** Tables that grow with every publication. */
const LARGE = new Set([
  ...['issues', 'sections', 'items', 'editions', 'events'],
  ...['publications', 'publication_tags', 'publication_changes', 'published_papers', 'published_links'],
  'published_texts',
  ...['published_people', 'published_tags'],
]);
const ISSUE_COUNT = 12_000;

type Connections = ReturnType<typeof openExplained>;
type Read = (connections: Connections, filled: Filled) => Promise<unknown>;

const oneIssue = { paused: [], limit: 1, onFailure: () => {} };
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

/** The read fails after its queries, because the filled archive has no documents that can be cited. */
function citation(key: string, slug = 'large'): Read {
  return ({ pool }) => expect(readCitation(pool, slug, { issue: key }, publicUrl, 'json')).rejects.toThrow();
}

/** Reads one page of the uses of a paper, person, tag or domain. */
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

/** Pages of uses, for names that are featured often, seldom and never. */
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
    [`uses of ${kind} in a dormant newsletter`, 22, uses(kind, often, dormant)],
    [`uses of ${kind} that are featured seldom`, 22, uses(kind, seldom)],
    [`the middle of uses of ${kind} that are featured seldom`, 22, uses(kind, seldom, { after })],
    [`uses of ${kind} that are featured seldom, in one newsletter`, 22, uses(kind, seldom, large)],
    [
      `uses of ${kind} that are never featured, or not in this newsletter`,
      22,
      uses(kind, never, { ...dormant, after }),
    ],
  ];
});

/** Events after the one in the middle, as for a follower who comes back. */
function follow(filterOf: (filled: Filled) => Partial<EventQuery>): Read {
  return async ({ ctx }, filled) => {
    const position = 8000;
    const { id } = await ctx.db.event.findUniqueOrThrow({ where: { position } });
    const after = { order: 'oldest', position, id } as const;
    return listEvents(ctx, { ...page, order: 'oldest', after, ...filterOf(filled) });
  };
}

function mostFeatured(kind: FeaturedKind, slug: string | null): Read {
  const period = { from: new Date('2000-03-01T00:00:00Z'), to: new Date('2000-03-02T00:00:00Z') };
  const query: MostFeaturedQuery = { kind, period, limit: 20 };
  return ({ pool }) => readMostFeatured(pool, slug, query);
}

/** In one day the large newsletter publishes 24 issues, and the others together as many until they run out. Each issue has six tags. */
const MOST_FEATURED: [string, number, Read][] = FEATURED_KINDS.flatMap((kind): [string, number, Read][] => [
  [`the most featured ${kind}`, 48 * 6, mostFeatured(kind, null)],
  [`the most featured ${kind} of one newsletter`, 24 * 6, mostFeatured(kind, 'large')],
]);

/** What readers ask for, with the maximum of rows read from one table: those of the page and one more. */
const READS: [string, number, Read][] = [
  ['the archive', 21, archive({})],
  ['the longest page of the archive', 101, archive({ limit: 100 })],
  ['the middle of the archive', 21, archive({ after: middle })],
  ['a year of the archive', 21, archive({ year: 2001 })],
  ['the archive by a tag of all issues', 21, archive({ tag: 'all' })],
  ['the archive by a tag of some issues', 21, archive({ tag: 'tag-3' })],
  ['the middle of the archive by a tag of some issues', 21, archive({ tag: 'tag-3', after: middle })],
  ['a year of the archive by a tag of some issues', 21, archive({ tag: 'tag-3', year: 2000 })],
  ['the archive by an unknown tag', 21, archive({ tag: 'none' })],
  ['the archive with its texts', 21, archive({ include: ['intro'] })],
  ['the archive of a dormant newsletter', 21, archive({}, 'small-1')],
  ['the latest issue', 2, issue({ by: 'latest' })],
  ['the latest issue of a dormant newsletter', 2, issue({ by: 'latest' }, 'small-1')],
  ['an issue by number', 2, issue({ by: 'number', number: 5000 })],
  ['an issue by slug', 2, issue({ by: 'slug', slug: 'issue-5000' })],
  ['a newsletter', 1, ({ pool }) => readNewsletter(pool, 'large', publicUrl)],
  [
    'a newsletter with its latest issue',
    1,
    ({ pool }) => readNewsletterWithLatest(pool, 'small-1', publicUrl),
  ],
  [
    'a paper that half of the issues feature, with its uses',
    1000,
    ({ pool }, { paperId }) => readPaper(pool, paperId, 'json'),
  ],
  [
    'a paper that few issues feature, with its uses',
    1000,
    ({ pool }, { seldomPaperId }) => readPaper(pool, seldomPaperId, 'json'),
  ],
  ['the reference of a paper', 1, ({ pool }, { paperId }) => readPaper(pool, paperId, 'bibtex')],
  ['the papers of an issue by number', 3, issuePapers('5000')],
  ['the papers of an issue by slug', 3, issuePapers('issue-5000')],
  ['the papers of the latest issue', 3, issuePapers('latest')],
  ['the papers of the latest issue of a dormant newsletter', 3, issuePapers('latest', 'small-1')],
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
  ['the newest issue of all newsletters', 1, ({ pool }) => findNewestIssue(pool)],
  ...USES,
  ...MOST_FEATURED,
];

/** What editors and the scheduler do, in this order. */
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
  ['the list of events', 21, ({ ctx }) => listEvents(ctx, { ...page, order: 'newest' })],
  [
    'the events of a newsletter',
    21,
    ({ ctx }, { newsletter }) => listEvents(ctx, { ...page, order: 'newest', newsletterId: newsletter.id }),
  ],
  ['the first events', 21, ({ ctx }) => listEvents(ctx, { ...page, order: 'oldest' })],
  ['the events after the middle', 21, follow(() => ({}))],
  [
    'the events of a newsletter after the middle',
    21,
    follow(({ newsletter }) => ({ newsletterId: newsletter.id })),
  ],
  [
    'the events of a newsletter where nothing happened since',
    21,
    follow(({ dormant }) => ({ newsletterId: dormant.id })),
  ],
  ['the events of an issue after the middle', 21, follow(({ draftId }) => ({ issueId: draftId }))],
  ['the events of a type after the middle', 21, follow(() => ({ type: 'issue.published' }))],
  ['the events of a type that none has', 21, follow(() => ({ type: 'paper.merged' }))],
  ['the editions of an issue', 21, ({ ctx }, { draftId }) => listEditionsOfIssue(ctx, draftId, page)],
  ['the checklist of an issue', 3, ({ ctx }, { draftId }) => getReadiness(ctx, draftId)],
  [
    'creating an issue',
    3,
    ({ ctx }, { newsletter }) => createIssue(ctx, newsletter.id, { title: 'A title' }),
  ],
  ['publishing an issue', 3, ({ ctx }, { draftId }) => publishIssue(ctx, draftId, '*')],
  ['withdrawing an issue', 3, ({ ctx }, { draftId }) => unpublishIssue(ctx, draftId, '*')],
  ['the time of the next due issue', 3, ({ ctx }) => msUntilNextIssue(ctx, [])],
  [
    'staging and publishing a due issue',
    3,
    async ({ ctx }) => {
      const [id] = (await publishDueBatch(ctx, oneIssue))?.outOfDate ?? [];
      if (!id) throw new Error('Nothing is due.');
      await stageIssue(ctx, id);
      expect(await publishDueBatch(ctx, oneIssue)).toEqual({ held: [], outOfDate: [], late: [id] });
      await restampEdition(ctx, id);
      expect(await publishDueBatch(ctx, oneIssue)).toEqual({ held: [], outOfDate: [], late: [] });
    },
  ],
];

/** With an average of 2, most newsletters are so small that the planner's statistics say little about the large one. With 60 they are medium-sized. */
describe.each([2, 60])('newsletters of %i issues on average, and one of thousands', (average) => {
  const testDatabase = useTestDatabase();
  const opened: Connections[] = [];
  let filled: Filled;

  beforeAll(async () => {
    // PostgreSQL plans a named statement in either way, whichever it estimates to be cheaper.
    opened.push(openExplained(testDatabase.url, 'force_custom_plan'));
    opened.push(openExplained(testDatabase.url, 'force_generic_plan'));
    filled = await fillArchive(first().pool, ISSUE_COUNT, average);
  });

  afterAll(async () => {
    for (const connections of opened) await connections.close();
  });

  function first(): Connections {
    const [connections] = opened;
    if (!connections) throw new Error('No connections are open before the tests run.');
    return connections;
  }

  test.each(READS)('reading %s takes at most %i rows per table, by index', async (_what, maxRows, read) => {
    for (const connections of opened) {
      const plans = await connections.explain(() => read(connections, filled));
      expect(plans).not.toEqual([]);
      expect(findExcess(plans, LARGE, maxRows)).toEqual([]);
    }
  });

  test.each(WORK)('%s takes at most %i rows per table, by index', async (_what, maxRows, work) => {
    const plans = await first().explain(() => work(first(), filled));
    expect(plans).not.toEqual([]);
    expect(findExcess(plans, LARGE, maxRows)).toEqual([]);
  });

  test('findExcess reports statements that read or sort a whole table', async () => {
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
