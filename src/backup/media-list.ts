import path from 'node:path';
import { z } from 'zod';
import { writeDurably } from '../modules/media/files/write-durably.ts';
import type { StoredMedia } from '../modules/media/upkeep/stored-media.ts';
import { BackupError } from './backup-error.ts';
import { MEDIA_LIST, PRIVATE_FILE } from './layout.ts';
import { readLines } from './read-lines.ts';

const entry = z.object({
  /** It becomes a path, so it has no slash and does not begin with a dot. */
  fileName: z.string().regex(/^\w[\w.-]*$/),
  mimeType: z.string(),
  size: z.int().min(0),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  originalName: z.string().nullable(),
});

/** Writes the list of all files that the snapshot names, one JSON object a line. Returns its SHA-256. */
export async function writeMediaList(folder: string, media: AsyncIterable<StoredMedia>): Promise<string> {
  const { sha256 } = await writeDurably(path.join(folder, MEDIA_LIST), linesOf(media), PRIVATE_FILE);
  return sha256;
}

async function* linesOf(media: AsyncIterable<StoredMedia>): AsyncGenerator<Uint8Array> {
  for await (const each of media) yield Buffer.from(`${JSON.stringify(entry.parse(each))}\n`);
}

export async function* readMediaList(folder: string): AsyncGenerator<StoredMedia> {
  let number = 0;
  for await (const line of readLines(path.join(folder, MEDIA_LIST))) {
    number += 1;
    yield parseEntry(line, number);
  }
}

function parseEntry(line: string, number: number): StoredMedia {
  try {
    return entry.parse(JSON.parse(line));
  } catch (cause) {
    throw new BackupError(`${MEDIA_LIST} is damaged: line ${number} does not describe a file.`, { cause });
  }
}
