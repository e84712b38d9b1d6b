import { splitPages } from '../text/pages.ts';

/** Formats pages, editions and versions. */

/** Turns `436-444` and `436--444` into `436–444`. */
export function formatPages(pages: string): string {
  const parts = splitPages(pages.replace(/^pp?\.\s*/i, ''));
  return parts.map(({ start, end }) => (end === null ? start : `${start}–${end}`)).join(', ');
}

export function labelPages(pages: string): string {
  if (pages === '') return '';
  return /[–,&]/.test(pages) ? `pp. ${pages}` : `p. ${pages}`;
}

/** Shortens `471–485` to `471–85`, as the Chicago Manual of Style abbreviates inclusive numbers. */
export function shortenRanges(pages: string): string {
  return pages.replaceAll(
    /(?<![\p{L}\d.:-])(\d+)–(\d+)(?![\p{L}\d.:-])/gu,
    (_, first: string, last: string) => {
      return `${first}–${shortenLast(first, last)}`;
    },
  );
}

/**
 * Below 100 and after multiples of 100, keeps all digits. After 101–109, 201–209 and so on, keeps the changed digits.
 * Otherwise keeps two digits, or more if more change.
 */
function shortenLast(first: string, last: string): string {
  const beyondHundreds = Number(first.slice(-2));
  if (first.length !== last.length || first.length < 3 || beyondHundreds === 0) return last;
  const changed = [...first].findIndex((digit, index) => digit !== last[index]);
  if (changed === -1) return last;
  return last.slice(beyondHundreds < 10 ? changed : Math.min(changed, last.length - 2));
}

/** Turns `2` into `2nd ed.` */
export function formatEdition(edition: string): string {
  if (edition === '' || /\bed(?:\.|ition\b|n\b|$)/i.test(edition)) return edition;
  return /^\d+$/.test(edition) ? `${edition}${ordinalEnding(edition)} ed.` : `${edition} ed.`;
}

function ordinalEnding(digits: string): string {
  if (/1[123]$/.test(digits)) return 'th';
  return { 1: 'st', 2: 'nd', 3: 'rd' }[digits.at(-1) ?? ''] ?? 'th';
}

/** Turns `v1.2` into `Version 1.2`. A version name stays unchanged. */
export function formatVersion(version: string, word: string): string {
  const bare = version.replace(/^v(?:er(?:sion|\.)?)?\s*(?=\d)/i, '');
  return /^\d/.test(bare) ? `${word} ${bare}` : bare;
}
