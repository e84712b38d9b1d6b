import type { AdminClient } from './admin-client.ts';
import { type Library, makeIssue, makeNewsletter } from './content.ts';

export const DUE_ISSUES = 200;

/** Drafts that are ready to go out. */
export type Drafts = { newsletterId: string; ids: string[] };

/** Milliseconds that nothing happens before the due time, at least. */
const SILENCE = 1_000;
/** Issues that are scheduled to know how long it takes. */
const PROBE = 50;

export async function makeDrafts(admin: AdminClient, slug: string, library: Library): Promise<Drafts> {
  const newsletterId = await makeNewsletter(admin, slug);
  const numbers = Array.from({ length: DUE_ISSUES }, (_, index) => index + 1);
  const ids = await inParallel(numbers, (number) => makeIssue(admin, newsletterId, number, library));
  return { newsletterId, ids };
}

/** For one whole second, which it answers with. */
export async function scheduleAll(admin: AdminClient, { ids }: Drafts): Promise<Date> {
  const schedule = (ids: readonly string[], at: Date) =>
    inParallel(ids, (id) => admin.put(`/issues/${id}/schedule`, { at: at.toISOString() }));
  const start = performance.now();
  await schedule(ids.slice(0, PROBE), new Date(Date.now() + 3_600_000));
  const pace = (performance.now() - start) / PROBE;
  const due = wholeSecondAfter(Date.now() + 3 * pace * ids.length + SILENCE);
  await schedule(ids, due);
  if (Date.now() > due.getTime() - SILENCE)
    throw new Error('The machine is too busy: scheduling took three times as long as it had begun');
  return due;
}

function wholeSecondAfter(time: number): Date {
  return new Date(Math.ceil(time / 1_000) * 1_000);
}

/** A few at a time; the results are in the order of the values. */
async function inParallel<T, R>(values: readonly T[], work: (value: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const waiting = values.entries();
  const lane = async () => {
    for (const [index, value] of waiting) results[index] = await work(value);
  };
  await Promise.all([lane(), lane(), lane(), lane()]);
  return results;
}
