import type { AdminClient } from '../admin-client.ts';
import { type Library, makeIssue, makeNewsletter } from '../content.ts';

export const DUE_ISSUES = 200;

/** Drafts that are ready to be published. */
export type Drafts = { newsletterId: string; ids: string[] };

/** The minimum idle time before the due time. */
const IDLE_BEFORE_DUE_MS = 1_000;
/** The number of issues that are scheduled first to measure how long scheduling takes. */
const PROBE_COUNT = 50;

export async function makeDrafts(admin: AdminClient, slug: string, library: Library): Promise<Drafts> {
  const newsletterId = await makeNewsletter(admin, slug);
  const numbers = Array.from({ length: DUE_ISSUES }, (_, index) => index + 1);
  const ids = await inParallel(numbers, (number) => makeIssue(admin, newsletterId, number, library));
  return { newsletterId, ids };
}

/** Schedules all drafts for the same whole second and returns it. */
export async function scheduleAll(admin: AdminClient, { ids }: Drafts): Promise<Date> {
  const schedule = (ids: readonly string[], at: Date) =>
    inParallel(ids, (id) => admin.put(`/issues/${id}/schedule`, { at: at.toISOString() }));
  const start = performance.now();
  await schedule(ids.slice(0, PROBE_COUNT), new Date(Date.now() + 3_600_000));
  const msPerIssue = (performance.now() - start) / PROBE_COUNT;
  const due = wholeSecondAfter(Date.now() + 3 * msPerIssue * ids.length + IDLE_BEFORE_DUE_MS);
  await schedule(ids, due);
  if (Date.now() > due.getTime() - IDLE_BEFORE_DUE_MS)
    throw new Error('The machine is too busy: scheduling took more than three times as long as the probe');
  return due;
}

function wholeSecondAfter(time: number): Date {
  return new Date(Math.ceil(time / 1_000) * 1_000);
}

/** Works on four values at a time. The results are in the order of the values. */
async function inParallel<T, R>(values: readonly T[], work: (value: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const waiting = values.entries();
  const lane = async () => {
    for (const [index, value] of waiting) results[index] = await work(value);
  };
  await Promise.all([lane(), lane(), lane(), lane()]);
  return results;
}
