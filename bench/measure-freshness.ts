import { Agent } from 'node:http';
import { z } from 'zod';
import { adminClient } from './admin-client.ts';
import type { Cleanup } from './cleanup.ts';
import { makeIssue, makeLibrary, makeNewsletter } from './content.ts';
import { getRaw } from './raw-get.ts';
import type { ServerChild } from './server-child.ts';
import { ADMIN_KEY, type Place, startMasthead } from './servers.ts';

export type Freshness = {
  /** Milliseconds from the first node's answer to a correction until the second node shows it, one of each. */
  delays: number[];
  /** Corrections after which the next read of the first node showed the edition before. */
  stale: number;
};

export const CORRECTIONS = 200;
/** Milliseconds in which the second node must show it. */
const PATIENCE = 10_000;

/** One connection to each node, which its requests follow one another on. */
const agent = new Agent({ keepAlive: true, maxSockets: 1 });

/** Corrects an issue again and again through one node, and watches both. */
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

/** Asks back to back; answers with when the node showed it. */
async function waitForEdition(node: ServerChild, edition: number): Promise<number> {
  const deadline = performance.now() + PATIENCE;
  while ((await readEdition(node)) < edition) {
    if (performance.now() > deadline) throw new Error(`Edition ${edition} never came to ${node.origin}`);
  }
  return performance.now();
}

const issue = z.object({ edition: z.int() });

async function readEdition({ origin }: ServerChild): Promise<number> {
  const { bytes } = await getRaw(`${origin}/content/v1/newsletters/fresh/issues/1`, {}, agent);
  return issue.parse(JSON.parse(bytes.toString())).edition;
}
