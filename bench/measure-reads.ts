import { setTimeout as sleep } from 'node:timers/promises';
import type { Load } from './load.ts';
import type { LoadTarget } from './load-target.ts';
import { reportProgress } from './progress.ts';
import type { ServerChild } from './server-child.ts';

/** A request to a server, which is compared with others. */
export type Contestant = { name: string; server: ServerChild; request: Omit<LoadTarget, 'port'> };

/** The last contestant is compared with each of the others. */
export type Comparison = {
  subject: string;
  /** The goal for its ratio of CPU time to the others, or null without a goal. */
  goal: number | null;
  contestants: Contestant[];
};

export type Reading = {
  perSecond: number;
  /** Microseconds of the server's CPU time per request. */
  cpu: number;
  /** The share of a core that the server used. Below 1 it waited for the database, the load or the CPU. */
  busy: number;
  /** Microseconds from a request to the last byte of its response. */
  p50: number;
  p99: number;
  /** Bytes of resident memory of the server at the end. */
  memory: number;
};

/** The readings of each contestant, one for each round. */
export type MeasuredComparison = Omit<Comparison, 'contestants'> & {
  measured: { name: string; readings: Reading[] }[];
};

/** The first warm-up is longer, because the JIT compiler has to compile the code. */
const FIRST_WARM_UP_MS = 1_000;
const WARM_UP_MS = 250;

/** Measures all contestants in each round, so that a disturbance of the machine affects all of them. */
export async function measureReads(
  comparisons: readonly Comparison[],
  load: Load,
  { rounds, seconds }: { rounds: number; seconds: number },
): Promise<MeasuredComparison[]> {
  const entries = comparisons.map(({ subject, goal, contestants }) => ({
    subject,
    goal,
    measured: contestants.map((contestant) => ({ ...contestant, readings: [] as Reading[] })),
  }));
  const all = entries.flatMap(({ measured }) => measured);
  for (const contestant of all) await measure(contestant, load, FIRST_WARM_UP_MS, 0.1);
  for (let round = 1; round <= rounds; round += 1) {
    reportProgress(`  round ${round} of ${rounds}`);
    for (const contestant of all)
      contestant.readings.push(await measure(contestant, load, WARM_UP_MS, seconds));
  }
  return entries;
}

async function measure(
  { server, request }: Contestant,
  load: Load,
  warmUpMs: number,
  seconds: number,
): Promise<Reading> {
  await load.start({ ...request, port: server.port });
  await sleep(warmUpMs);
  const [before, used] = await Promise.all([load.begin(), server.readUsage()]);
  await sleep(seconds * 1_000);
  const [after, usage] = await Promise.all([load.count(), server.readUsage()]);
  await load.pause();
  const [answers, elapsed] = [after.answers - before.answers, after.at - before.at];
  if (answers === 0) throw new Error(`${request.path} was not answered within ${seconds} s`);
  const { p50, p99 } = after;
  const cpu = usage.cpu - used.cpu;
  return {
    perSecond: (answers * 1_000) / elapsed,
    cpu: cpu / answers,
    busy: cpu / (elapsed * 1_000),
    p50,
    p99,
    memory: usage.memory,
  };
}
