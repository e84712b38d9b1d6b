import type { ByteRange } from '../storage/storage.ts';

type RangeHeaders = { range?: string | undefined; 'if-range'?: string | undefined };

/** A set of several ranges does not match: like one that is malformed it is answered with the whole. */
const SINGLE_RANGE = /^bytes=[ \t]*(\d*)-(\d*)[ \t]*$/i;

/**
 * RFC 9110, 13.1.5 and 14.1.2: which part of `size` bytes a GET asks for. Null: all of them. If-Range demands
 * the very bytes of `etag`; a date says nothing here.
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

/** All bytes where there are not as many. */
function chooseLast(count: number, size: number): ByteRange | 'unsatisfiable' {
  return count === 0 ? 'unsatisfiable' : { start: Math.max(0, size - count), end: size - 1 };
}
