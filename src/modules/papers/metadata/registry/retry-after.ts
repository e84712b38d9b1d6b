/** Milliseconds. */
const WITHOUT_A_WORD = 60_000;
const AT_MOST = 24 * 60 * 60 * 1000;

/** Milliseconds, of the seconds or the date of RFC 9110, section 10.2.3. */
export function readRetryAfter(headers: Headers): number {
  const given = headers.get('retry-after')?.trim() ?? '';
  const milliseconds = /^\d{1,10}$/.test(given) ? Number(given) * 1000 : Date.parse(given) - sentAt(headers);
  if (!Number.isFinite(milliseconds)) return WITHOUT_A_WORD;
  return Math.min(Math.max(milliseconds, 0), AT_MOST);
}

/** By the clock of the one who set the date. */
function sentAt(headers: Headers): number {
  const date = Date.parse(headers.get('date') ?? '');
  return Number.isNaN(date) ? Date.now() : date;
}
