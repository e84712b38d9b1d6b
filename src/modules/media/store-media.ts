import { type Context, inTransaction } from '../../context.ts';
import type { Media, Prisma } from '../../database/generated/client.ts';
import { recordEvent } from '../events/record-event.ts';
import { cleanOriginalName, makeFileName } from './file-name.ts';
import { inspectImage } from './inspect-image.ts';
import { type ReceivedFile, receiveFile } from './receive-file.ts';
import type { Credit } from './schemas.ts';
import type { MediaStorage } from './storage.ts';

/** What is said of a file. Null or left out: nothing yet. An empty `alt`: it is decorative. */
export type MediaWords = {
  originalName?: string | null | undefined;
  alt?: string | null | undefined;
  caption?: string | null | undefined;
  credit?: Credit | null | undefined;
};

/** Stores an image from wherever its bytes come; those of a Buffer as `[buffer]`. */
export async function storeMedia(
  ctx: Context,
  storage: MediaStorage,
  { bytes, ...words }: MediaWords & { bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array> },
): Promise<Media> {
  return keepMedia(ctx, storage, await receiveFile(storage, bytes), words);
}

/** Keeps a received file if it is an image, and discards it if not. */
export async function keepMedia(
  ctx: Context,
  storage: MediaStorage,
  file: ReceivedFile,
  words: MediaWords,
): Promise<Media> {
  try {
    const { extension, ...facts } = await inspectImage(file.path);
    const { size, sha256 } = file;
    const row = { ...facts, size, sha256, fileName: makeFileName(extension), ...columnsOf(words) };
    return await keepWithRow(ctx, storage, file, row);
  } finally {
    await file.discard();
  }
}

/**
 * The file first, then the row: a row never points to nothing. A process that dies in between, or a caller
 * whose transaction fails later, leaves a file without a row, for the sweep that is still to come.
 */
async function keepWithRow(
  ctx: Context,
  storage: MediaStorage,
  file: ReceivedFile,
  row: Prisma.MediaCreateInput & { fileName: string },
): Promise<Media> {
  let mayBeCommitted = false;
  try {
    await file.keepAs(row.fileName);
    return await inTransaction(ctx, async (ctx) => {
      const media = await insertMedia(ctx, row);
      mayBeCommitted = true;
      return media;
    });
  } catch (error) {
    // Where the answer to COMMIT was lost, the row may be there all the same.
    if (!mayBeCommitted) await storage.remove(row.fileName);
    throw error;
  }
}

async function insertMedia(ctx: Context, row: Prisma.MediaCreateInput): Promise<Media> {
  const media = await ctx.db.media.create({ data: { ...row, createdAt: ctx.now, updatedAt: ctx.now } });
  const { id, fileName } = media;
  await recordEvent(ctx, { type: 'media.created', subject: { kind: 'media', id }, details: { fileName } });
  return media;
}

function columnsOf({ originalName, alt, caption, credit }: MediaWords) {
  return {
    originalName: cleanOriginalName(originalName ?? ''),
    alt: alt ?? null,
    caption: caption ?? null,
    ...creditColumns(credit ?? null),
  };
}

export function creditColumns(credit: Credit | null) {
  return {
    creditText: credit?.text ?? null,
    creditUrl: credit?.url ?? null,
    creditLicence: credit?.licence ?? null,
  };
}
