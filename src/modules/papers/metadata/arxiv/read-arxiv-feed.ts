import { XMLParser } from 'fast-xml-parser';
import { z } from 'zod';
import type { CslItem } from '../../../../bibliography/csl/csl.ts';
import { parseArxivId } from '../../identifiers/arxiv-id.ts';
import { unreadableAnswer } from '../reading/lenient-parsing.ts';
import { Unavailable } from '../registry/unavailable.ts';
import { atomEntry, fromEntry } from './from-entry.ts';

/** Entities are not expanded: those of a DOCTYPE could be an entity bomb, and the others are decoded later. */
const parser = new XMLParser({
  ignoreAttributes: true,
  parseTagValue: false,
  processEntities: false,
  removeNSPrefix: true,
  maxNestedTags: 12,
  isArray: (name) => name === 'entry' || name === 'author',
});

const feed = z.object({ feed: z.object({ entry: z.array(z.unknown()).default([]) }) });

export type Feed = {
  /** By arXiv id without version */
  items: Map<string, CslItem>;
  /** The error message of arXiv, if it refused an id */
  refusals: string[];
  /** Whether every entry could be read; only then does arXiv not have the missing ids. */
  isFullList: boolean;
};

export function readFeed(xml: string): Feed {
  const read: Feed = { items: new Map(), refusals: [], isFullList: true };
  for (const entry of parseFeed(xml)) {
    const parsed = atomEntry.safeParse(entry);
    if (parsed.success && isRefusal(parsed.data)) {
      read.refusals.push(`${parsed.data.id} ${parsed.data.summary ?? ''}`);
      continue;
    }
    const id = parsed.success ? (parseArxivId(parsed.data.id)?.id ?? null) : null;
    const item = parsed.success ? readEntry(parsed.data) : null;
    if (id !== null && item !== null) read.items.set(id, item);
    else read.isFullList = false;
  }
  return read;
}

function parseFeed(xml: string): unknown[] {
  if (/<!(?:DOCTYPE|ENTITY)/i.test(xml)) throw unreadableAnswer();
  let parsed: unknown;
  try {
    parsed = parser.parse(xml, true);
  } catch {
    throw unreadableAnswer();
  }
  const read = feed.safeParse(parsed);
  if (!read.success) throw unreadableAnswer();
  return read.data.feed.entry;
}

function isRefusal({ id, title }: z.infer<typeof atomEntry>): boolean {
  return title === 'Error' && id.includes('/api/errors');
}

function readEntry(entry: z.infer<typeof atomEntry>): CslItem | null {
  try {
    return fromEntry(entry);
  } catch (error) {
    if (error instanceof Unavailable) return null;
    throw error;
  }
}
