import { Agent } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { z } from 'zod';
import { getRaw } from '../raw-get.ts';
import type { Drafts } from './due-issues.ts';

/** Issues that the readers wait for, spread over all that are due. More would keep the nodes busy. */
const SAMPLE_SIZE = 25;
/** Before the due time, so that an issue that goes out early is seen. */
const START_BEFORE_DUE_MS = 100;
const PAUSE_MS = 15;
const TIMEOUT_MS = 60_000;

/** For each of the issues, milliseconds from the due time until the last of the nodes has answered 200. */
export type Seen = number[];

/** Reads some of the issues on every node, again and again, until each answers 200. The clocks are that of this machine. */
export async function watchReaders(
  pool: pg.Pool,
  { newsletterId, ids }: Drafts,
  origins: readonly string[],
  due: Date,
): Promise<Seen> {
  const step = Math.floor(ids.length / SAMPLE_SIZE);
  const paths = await findPaths(
    pool,
    newsletterId,
    ids.filter((_, index) => index % step === 0),
  );
  await sleep(due.getTime() - Date.now() - START_BEFORE_DUE_MS);
  const byNode = await Promise.all(origins.map((origin) => waitForAll(origin, paths, due.getTime())));
  return paths.map((path) => Math.max(...byNode.map((seen) => seen.get(path) ?? Number.POSITIVE_INFINITY)));
}

const rowsOfPaths = z.array(z.object({ path: z.string() }));

async function findPaths(pool: pg.Pool, newsletterId: string, ids: readonly string[]): Promise<string[]> {
  const { rows } = await pool.query(
    `SELECT '/content/v1/newsletters/' || newsletters.slug || '/issues/' || number AS path
     FROM issues JOIN newsletters ON newsletters.id = newsletter_id
     WHERE newsletter_id = $1 AND issues.id = ANY ($2)`,
    [newsletterId, ids],
  );
  return rowsOfPaths.parse(rows).map(({ path }) => path);
}

/** One request after the other on one connection, so that a node has little to do besides publishing. */
async function waitForAll(
  origin: string,
  paths: readonly string[],
  due: number,
): Promise<Map<string, number>> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const seen = new Map<string, number>();
  const deadline = due + TIMEOUT_MS;
  while (seen.size < paths.length && Date.now() < deadline) {
    for (const path of paths) {
      if (seen.has(path)) continue;
      const { status } = await getRaw(origin + path, {}, agent);
      if (status === 200) seen.set(path, performance.timeOrigin + performance.now() - due);
    }
    await sleep(PAUSE_MS);
  }
  agent.destroy();
  return seen;
}
