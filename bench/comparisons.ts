import type { Comparison, Contestant } from './measure-reads.ts';
import type { Pages } from './pages.ts';
import { getBrotli, getRaw } from './raw-get.ts';
import type { ServerChild } from './server-child.ts';

export type ReadServers = {
  bare: ServerChild;
  masthead: ServerChild;
  /** A Masthead without a cache, so that each request reads from the database. */
  uncached: ServerChild;
};

/** The goals for the ratio of CPU time to that of a bare route. */
const HIT_GOAL = 1.1;
const MISS_GOAL = 2;

/** Compares each kind of response of Masthead with bare routes that send the same. */
export async function planComparisons(servers: ReadServers, pages: Pages): Promise<Comparison[]> {
  return [...(await planHits(servers, pages)), ...(await planMisses(servers, pages))];
}

async function planHits(servers: ReadServers, pages: Pages): Promise<Comparison[]> {
  const { origin } = servers.masthead;
  const [issue, archive, paper] = await readPages(origin, pages);
  const brotli = await getBrotli(`${origin}${pages.issue}`);
  const etag = issue.headers.etag ?? '';
  return [
    compareHit(servers, `One issue, ${sizeOf(issue)} of JSON`, '/issue', { path: pages.issue }),
    compareHit(servers, `One issue as brotli, ${sizeOf(brotli)}`, '/issue/brotli', {
      path: pages.issue,
      headers: { 'accept-encoding': 'br' },
    }),
    compareHit(servers, '304 of the issue', '/issue/not-modified', {
      path: pages.issue,
      headers: { 'if-none-match': etag },
      status: 304,
    }),
    compareHit(servers, `Archive page of 20, ${sizeOf(archive)}`, '/archive', { path: pages.archive }),
    compareHit(servers, `Paper with 100 uses, ${sizeOf(paper)}`, '/paper', { path: pages.paper }),
    compareHit(servers, '404 of an unknown slug', '/unknown', {
      path: pages.unknown,
      status: 404,
      goal: null,
    }),
  ];
}

type Asked = { path: string; headers?: Record<string, string>; status?: number; goal?: number | null };

function compareHit(
  { bare, masthead }: ReadServers,
  subject: string,
  barePath: string,
  { path, headers = {}, status = 200, goal = HIT_GOAL }: Asked,
): Comparison {
  const ask = (name: string, server: ServerChild, path: string): Contestant => ({
    name,
    server,
    request: { path, headers, status },
  });
  return {
    subject,
    goal,
    contestants: [
      ask('bare route', bare, barePath),
      ask('bare route, same headers', bare, `${barePath}/same-headers`),
      ask('Masthead', masthead, path),
    ],
  };
}

async function planMisses(servers: ReadServers, pages: Pages): Promise<Comparison[]> {
  const [issue, archive, paper] = await readPages(servers.masthead.origin, pages);
  return [
    compareMiss(servers, `Miss: one issue, ${sizeOf(issue)}`, '/issue', pages.issue),
    compareMiss(servers, `Miss: archive page, ${sizeOf(archive)}`, '/archive', pages.archive),
    compareMiss(servers, `Miss: paper, ${sizeOf(paper)}`, '/paper', pages.paper),
  ];
}

function compareMiss(
  { bare, uncached }: ReadServers,
  subject: string,
  barePath: string,
  path: string,
): Comparison {
  // One request at a time: with concurrent requests a server waits for PostgreSQL, and each wake-up costs CPU time.
  const bareRequest = { path: `${barePath}/from-database`, status: 200, connections: 1 };
  return {
    subject,
    goal: MISS_GOAL,
    contestants: [
      { name: 'bare route, one named statement', server: bare, request: bareRequest },
      { name: 'Masthead', server: uncached, request: { path, status: 200, connections: 1, isApart: true } },
    ],
  };
}

async function readPages(origin: string, { issue, archive, paper }: Pages) {
  return [
    await getRaw(`${origin}${issue}`),
    await getRaw(`${origin}${archive}`),
    await getRaw(`${origin}${paper}`),
  ] as const;
}

function sizeOf({ bytes }: { bytes: Buffer }): string {
  return `${(bytes.length / 1_000).toFixed(1)} KB`;
}
