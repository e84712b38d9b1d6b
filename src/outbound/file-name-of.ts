import type { IncomingMessage } from 'node:http';
import { parse } from 'content-disposition';

/** What a browser would call the file; null when neither the response nor its address says. */
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
