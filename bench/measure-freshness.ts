import { Agent } from 'node:http';
import { z } from 'zod';
import { adminClient } from './admin-client.ts';
import type { Cleanup } from './cleanup.ts';
import { makeIssue, makeLibrary, makeNewsletter } from './content.ts';
import { getRaw } from './raw-get.ts';
import type { ServerChild } from './server-child.ts';
import { ADMIN_KEY, type Place, startMasthead } from './servers.ts';

export type Freshness = {
  /** For each correction, milliseconds from the response of the first node until the second node shows it. */
  delays: number[];
  /** The number of corrections after which the next read from the first node showed the previous edition. */
  stale: number;
};

export const CORRECTIONS = 200;
/** The second node must show a correction within this time. */
const FRESHNESS_TIMEOUT_MS = 10_000;

/** One connection to each node, with one request at a time. */
const agent = new Agent({ keepAlive: true, maxSockets: 1 });

/** Corrects an issue repeatedly through one node and reads it from both. */
export async function measureFreshness(place: Place, cleanup: Cleanup): Promise<Freshness> {
  const first = cleanup.addStopOf(await startMasthead(place));
  const second = cleanup.addStopOf(await startMasthead(place));
  const admin = adminClient([first.origin], ADMIN_KEY);
  const id = await makeIssue(admin, await makeNewsletter(admin, 'fresh'), 1, await makeLibrary(admin));
  await admin.put(`/issues/${id}/publication`, {});
  const freshness: Freshness = { delays: [], stale: 0 };
  await waitForEdition(second, 1);
  for (let edition = 2; edition < CORRECTIONS + 2; edition += 1) {
    await admin.patch(`/issues/${id}`, { subtitle: `As edition ${edition} has it` });
    await admin.put(`/issues/${id}/publication`, {});
    const answeredAt = performance.now();
    const [seen, shownAt] = await Promise.all([readEdition(first), waitForEdition(second, edition)]);
    freshness.delays.push(shownAt - answeredAt);
    if (seen !== edition) freshness.stale += 1;
  }
  await second.stop();
  await first.stop();
  return freshness;
}

/** Reads continuously, and returns the time at which the node showed the edition. */
async function waitForEdition(node: ServerChild, edition: number): Promise<number> {
  const deadline = performance.now() + FRESHNESS_TIMEOUT_MS;
  while ((await readEdition(node)) < edition) {
    if (performance.now() > deadline) throw new Error(`${node.origin} never showed edition ${edition}`);
  }
  return performance.now();
}

const issue = z.object({ edition: z.int() });

async function readEdition({ origin }: ServerChild): Promise<number> {
  const { bytes } = await getRaw(`${origin}/content/v1/newsletters/fresh/issues/1`, {}, agent);
  return issue.parse(JSON.parse(bytes.toString())).edition;
}
