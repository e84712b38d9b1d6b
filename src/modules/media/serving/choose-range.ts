import type { ByteRange } from '../storage/storage.ts';

type RangeHeaders = { range?: string | undefined; 'if-range'?: string | undefined };

/** Requests for several ranges do not match. Like malformed ones, they get the whole file. */
const SINGLE_RANGE = /^bytes=[ \t]*(\d*)-(\d*)[ \t]*$/i;

/**
 * Returns the part of `size` bytes that a GET requests (RFC 9110 sections 13.1.5 and 14.1.2), or null for the whole
 * file. An If-Range with a date never matches, because responses have no Last-Modified.
 */
export function chooseRange(
  { range, 'if-range': ifRange }: RangeHeaders,
  etag: string,
  size: number,
): ByteRange | 'unsatisfiable' | null {
  if (range === undefined || (ifRange !== undefined && ifRange.trim() !== etag)) return null;
  const [, first = '', last = ''] = SINGLE_RANGE.exec(range) ?? [];
  if (first === '') return last === '' ? null : chooseLast(Number(last), size);
  const start = Number(first);
  const end = last === '' ? size - 1 : Number(last);
  if (last !== '' && end < start) return null;
  return start < size ? { start, end: Math.min(end, size - 1) } : 'unsatisfiable';
}

/** The last `count` bytes, or all bytes if there are fewer. */
function chooseLast(count: number, size: number): ByteRange | 'unsatisfiable' {
  return count === 0 ? 'unsatisfiable' : { start: Math.max(0, size - count), end: size - 1 };
}
