import type { z } from 'zod';
import type { PaperStatusEntry, statusesInput } from './status-schemas.ts';

/** Sorts by date, with retractions last. A month sorts before the days in it. */
export function sortStatuses(inputs: z.infer<typeof statusesInput>): PaperStatusEntry[] {
  return inputs
    .map(({ status, date, note, url }) => ({ status, date, note: note ?? null, url: url ?? null }))
    .toSorted((one, other) => compareText(orderOf(one), orderOf(other)));
}

function orderOf({ status, date }: PaperStatusEntry): string {
  return `${status === 'retracted' ? 1 : 0} ${date}`;
}

function compareText(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
