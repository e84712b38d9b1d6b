import { setTimeout as sleep } from 'node:timers/promises';
import type { Load } from './load.ts';
import type { LoadTarget } from './load-target.ts';
import { tellProgress } from './progress.ts';
import type { ServerChild } from './server-child.ts';

/** Something to ask a server for. */
export type Contestant = { name: string; server: ServerChild; request: Omit<LoadTarget, 'port'> };

/** The last is compared with each of the others. */
export type Comparison = {
  subject: string;
  /** How many times the CPU of the others it may take. Null: no goal was set. */
  goal: number | null;
  contestants: Contestant[];
};

export type Reading = {
  perSecond: number;
  /** Microseconds of the server's processor time */
  cpu: number;
  /** Share of a core that the server used. Below 1 it waited: for the database, the load, or its turn. */
  busy: number;
  /** Microseconds from a request to the last byte of its answer */
  p50: number;
  p99: number;
  /** Bytes that the server had resident at the end */
  memory: number;
};

/** One reading for each round, of each contestant. */
export type MeasuredComparison = Omit<Comparison, 'contestants'> & {
  measured: { name: string; readings: Reading[] }[];
};

/** Milliseconds before a measurement begins; the first time, the compiler has work to do. */
const FIRST_WARM_UP = 1_000;
const WARM_UP = 250;

/** One contestant after the other, round by round, so that what disturbs the machine disturbs all alike. */
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
  for (const contestant of all) await measure(contestant, load, FIRST_WARM_UP, 0.1);
  for (let round = 1; round <= rounds; round += 1) {
    tellProgress(`  round ${round} of ${rounds}`);
    for (const contestant of all) contestant.readings.push(await measure(contestant, load, WARM_UP, seconds));
  }
  return entries;
}

async function measure(
  { server, request }: Contestant,
  load: Load,
  warmUp: number,
  seconds: number,
): Promise<Reading> {
  await load.start({ ...request, port: server.port });
  await sleep(warmUp);
  const [before, used] = await Promise.all([load.begin(), server.readUsage()]);
  await sleep(seconds * 1_000);
  const [after, usage] = await Promise.all([load.count(), server.readUsage()]);
  await load.pause();
  const [answers, elapsed] = [after.answers - before.answers, after.at - before.at];
  if (answers === 0) throw new Error(`No answer in ${seconds} s from ${request.path}`);
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
