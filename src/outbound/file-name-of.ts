import type { IncomingMessage } from 'node:http';
import { parse } from 'content-disposition';

/** The file name a browser would use, or null if neither the response nor the URL has one. */
export function fileNameOf(response: IncomingMessage, from: URL): string | null {
  return parse(response.headers['content-disposition'] ?? '').parameters.filename || lastSegment(from);
}

function lastSegment({ pathname }: URL): string | null {
  const segment = pathname.split('/').at(-1) ?? '';
  try {
    return decodeURIComponent(segment) || null;
  } catch {
    return segment;
  }
}
