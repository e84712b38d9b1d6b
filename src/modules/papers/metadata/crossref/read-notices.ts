import { parseDoi } from '../../identifiers/doi.ts';
import { doiAddress, makeStatus, type Status } from '../reading/details.ts';
import { readDateParts } from '../reading/partial-date.ts';
import { plainLine } from '../reading/registry-text.ts';
import type { Message, Notice } from './message.ts';

/**
 * The kinds of updates that mean an error in the work. New editions do not, and an expression of concern decides nothing.
 * https://www.crossref.org/documentation/register-maintain-records/maintaining-your-metadata/registering-updates/
 */
const MEANINGS: Readonly<Record<string, Status['status']>> = {
  correction: 'corrected',
  corrigendum: 'corrected',
  erratum: 'corrected',
  partial_retraction: 'corrected',
  retraction: 'retracted',
  removal: 'retracted',
  withdrawal: 'retracted',
};

/** Returns notices oldest first, without duplicates: the publisher and Retraction Watch may both report the same one. */
export function readNotices(message: Message): Status[] {
  const ofThisWork = message['update-to'].filter(({ DOI }) => isSame(DOI, message.DOI));
  const statuses = [...message['updated-by'], ...ofThisWork].flatMap((notice) => toStatus(notice) ?? []);
  const known = new Map(statuses.map((status) => [`${status.status} ${status.url}`, status]));
  return [...known.values()].toSorted((a, b) => (a.date ?? '').localeCompare(b.date ?? ''));
}

/** `update-to` names the updated work. It is the work itself only if the publisher replaced its text. */
function isSame(one: string | undefined, other: string): boolean {
  return one !== undefined && parseDoi(one) === parseDoi(other);
}

function toStatus({ type, label, DOI, updated }: Notice): Status | null {
  const kind = type.toLowerCase().replaceAll(/[\s-]+/g, '_');
  const status = Object.hasOwn(MEANINGS, kind) ? MEANINGS[kind] : undefined;
  if (status === undefined) return null;
  const url = doiAddress(DOI);
  const note = plainLine(label ?? '', 300);
  return makeStatus(status, readDateParts(updated ?? []), { ...(note && { note }), ...(url && { url }) });
}
