import { parseDoi } from '../../identifiers/doi.ts';
import { addressOf } from '../../identifiers/identifier.ts';
import { type PartialDate, spellDate } from './partial-date.ts';

/** What goes under `custom` of an item: only what is known. */

export type Status = {
  status: 'preprint' | 'published' | 'corrected' | 'retracted';
  /** 2022, 2022-01 or 2022-01-28 */
  date?: string;
  note?: string;
  url?: string;
};

export function makeStatus(
  status: Status['status'],
  date: PartialDate | undefined,
  details: Pick<Status, 'note' | 'url'> = {},
): Status {
  return { status, ...(date && { date: spellDate(date) }), ...details };
}

type Details = { licence?: string | undefined; identifiers: string[]; statuses: Status[] };

export function toCustom({ licence, identifiers, statuses }: Details): Record<string, unknown> {
  // What has no date has no place in the order of what became of the work.
  const dated = statuses.filter(({ date }) => date !== undefined);
  return {
    ...(licence !== undefined && { licence }),
    ...(identifiers.length > 0 && { identifiers: [...new Set(identifiers)] }),
    ...(dated.length > 0 && { statuses: dated }),
  };
}

/** Where a reader finds the work. Undefined: no DOI. */
export function doiAddress(spelled: string | undefined): string | undefined {
  const doi = parseDoi(spelled ?? '');
  return doi === null ? undefined : addressOf({ scheme: 'doi', value: doi, version: null });
}
