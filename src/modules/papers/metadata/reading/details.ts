import { parseDoi } from '../../identifiers/doi.ts';
import { addressOf } from '../../identifiers/identifier.ts';
import { type PartialDate, spellDate } from './partial-date.ts';

/** The values for `custom` of a CSL-JSON item. Unknown values are omitted. */

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
  // A status without a date has no place in the history.
  const dated = statuses.filter(({ date }) => date !== undefined);
  return {
    ...(licence !== undefined && { licence }),
    ...(identifiers.length > 0 && { identifiers: [...new Set(identifiers)] }),
    ...(dated.length > 0 && { statuses: dated }),
  };
}

/** Returns the URL of a DOI, or undefined if the text is not a DOI. */
export function doiAddress(spelled: string | undefined): string | undefined {
  const doi = parseDoi(spelled ?? '');
  return doi === null ? undefined : addressOf({ scheme: 'doi', value: doi, version: null });
}
