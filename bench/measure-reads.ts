import { setTimeout as sleep } from 'node:timers/promises';
import type { Load } from './load.ts';
import type { LoadTarget } from './load-target.ts';
import { tellProgress } from './progress.ts';
import type { ServerChild } from './server-child.ts';

/** Something to ask a server for. */
export type Contestant = { name: string; server: ServerChild; request: Omit<LoadTarget, 'port'> };

/** The last is compared with each of the others. */
export type Comparison = { subject: string; contestants: Contestant[] };

export type Reading = {
  perSecond: number;
  /** Microseconds of the server's processor time */
  cpu: number;
  /** Share of a core that the server used. Below 1 it waited: for the database, the load, or its turn. */
  busy: number;
};

/** One reading for each round, of each contestant. */
export type MeasuredComparison = { subject: string; measured: { name: string; readings: Reading[] }[] };

/** Milliseconds before a measurement begins; the first time, the compiler has work to do. */
const FIRST_WARM_UP = 1_000;
const WARM_UP = 250;

/** One contestant after the other, round by round, so that what disturbs the machine disturbs all alike. */
export async function measureReads(
  comparisons: readonly Comparison[],
  load: Load,
  { rounds, seconds }: { rounds: number; seconds: number },
): Promise<MeasuredComparison[]> {
  const entries = comparisons.map(({ subject, contestants }) => ({
    subject,
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
  const before = await count(load, server);
  await sleep(seconds * 1_000);
  const after = await count(load, server);
  await load.pause();
  const [answers, elapsed, cpu] = [
    after.answers - before.answers,
    after.at - before.at,
    after.cpu - before.cpu,
  ];
  if (answers === 0) throw new Error(`No answer in ${seconds} s from ${request.path}`);
  return { perSecond: (answers * 1_000) / elapsed, cpu: cpu / answers, busy: cpu / (elapsed * 1_000) };
}

async function count(load: Load, server: ServerChild) {
  const [{ answers, at }, cpu] = await Promise.all([load.count(), server.readCpu()]);
  return { answers, at, cpu };
}
