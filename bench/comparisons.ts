import type { Comparison, Contestant } from './measure-reads.ts';
import type { Pages } from './pages.ts';
import { getBrotli, getRaw } from './raw-get.ts';
import type { ServerChild } from './server-child.ts';

export type ReadServers = {
  bare: ServerChild;
  masthead: ServerChild;
  /** The same that keeps nothing: each of its reads is a read of the database. */
  forgetful: ServerChild;
};

/** How many times the CPU of a bare route an answer may take. */
const GOAL_OF_HITS = 1.1;
const GOAL_OF_MISSES = 2;

/** What Masthead sends, each beside bare routes that send the like. */
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
    compareHit(servers, `Paper and 100 uses, ${sizeOf(paper)}`, '/paper', { path: pages.paper }),
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
  { path, headers = {}, status = 200, goal = GOAL_OF_HITS }: Asked,
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
  { bare, forgetful }: ReadServers,
  subject: string,
  barePath: string,
  path: string,
): Comparison {
  // One after the other: a server that shares PostgreSQL's attention waits, and pays for each time that it wakes.
  const bareRequest = { path: `${barePath}/from-database`, status: 200, connections: 1 };
  return {
    subject,
    goal: GOAL_OF_MISSES,
    contestants: [
      { name: 'bare route, one named statement', server: bare, request: bareRequest },
      { name: 'Masthead', server: forgetful, request: { path, status: 200, connections: 1, isApart: true } },
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
