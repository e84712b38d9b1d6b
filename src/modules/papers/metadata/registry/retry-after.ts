const DEFAULT_RETRY_AFTER_MS = 60_000;
const MAX_RETRY_AFTER_MS = 24 * 60 * 60 * 1000;

/** Returns milliseconds. The header is in seconds or a date: RFC 9110 section 10.2.3. */
export function readRetryAfter(headers: Headers): number {
  const given = headers.get('retry-after')?.trim() ?? '';
  const milliseconds = /^\d{1,10}$/.test(given) ? Number(given) * 1000 : Date.parse(given) - sentAt(headers);
  if (!Number.isFinite(milliseconds)) return DEFAULT_RETRY_AFTER_MS;
  return Math.min(Math.max(milliseconds, 0), MAX_RETRY_AFTER_MS);
}

/** The date is compared with the clock of the server that sent it. */
function sentAt(headers: Headers): number {
  const date = Date.parse(headers.get('date') ?? '');
  return Number.isNaN(date) ? Date.now() : date;
}
