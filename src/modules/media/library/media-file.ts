import { type Context, inTransaction } from '../../../context.ts';
import type { MediaFile, Prisma } from '../../../database/generated/client.ts';
import { lockChecksums } from '../../../lib/advisory-lock.ts';
import { contentDisposition } from '../files/content-disposition.ts';
import { makeFileName } from '../files/file-name.ts';
import {
  type EmbeddedMetadata,
  NO_EMBEDDED_METADATA,
} from '../images/embedded-metadata/embedded-metadata.ts';
import { formatsOf } from '../renditions/plan-renditions.ts';
import { notifyOfRenditions } from '../renditions/renditions-channel.ts';
import { removeFiles } from '../storage/remove-files.ts';
import { newStagedPath, type StagedFile } from '../storage/staging.ts';
import { toStorageFullError } from '../storage/storage-full.ts';
import type { MediaLibrary } from './media-library.ts';

export type UseFile<T> = (ctx: Context, file: MediaFile, embedded: EmbeddedMetadata) => Promise<T>;

/**
 * Stores the staged bytes, unless they are stored already, and calls `use` with their row in the same transaction.
 * Throws a DomainError if the file is of an unsupported type, is damaged or exceeds a limit.
 */
export async function withStoredFile<T>(
  ctx: Context,
  library: MediaLibrary,
  staged: StagedFile,
  originalName: string | null,
  use: UseFile<T>,
): Promise<T> {
  const known = await withKnownFile(ctx, staged.sha256, use);
  return known ? known.result : storeFile(ctx, library, staged, originalName, use);
}

/**
 * Returns null if the bytes are new, or if no media refers to them any more: the upload then goes through cleaning again,
 * which reads the embedded metadata.
 */
async function withKnownFile<T>(
  ctx: Context,
  sha256: string,
  use: UseFile<T>,
): Promise<{ result: T } | null> {
  const where = { OR: [{ sourceSha256: sha256 }, { sha256 }], media: { some: {} } };
  if (!(await ctx.db.mediaFile.findFirst({ where, select: { id: true } }))) return null;
  return inTransaction(ctx, async (ctx) => {
    await lockChecksums(ctx, [sha256]);
    const file = await lockFileForShare(ctx, [sha256]);
    return file && { result: await use(ctx, file, NO_EMBEDDED_METADATA) };
  });
}

/** Finds a file by the hash of its uploaded or stored bytes. The row lock prevents its deletion until the transaction ends. */
async function lockFileForShare(ctx: Context, hashes: readonly string[]): Promise<MediaFile | null> {
  const [row] = await ctx.db.$queryRaw<{ id: string }[]>`
    SELECT id FROM media_files WHERE source_sha256 = ANY (${hashes}) OR sha256 = ANY (${hashes})
    ORDER BY source_sha256 = ${hashes[0]} DESC NULLS LAST, id LIMIT 1 FOR KEY SHARE`;
  return row ? ctx.db.mediaFile.findUnique({ where: { id: row.id } }) : null;
}

async function storeFile<T>(
  ctx: Context,
  library: MediaLibrary,
  staged: StagedFile,
  originalName: string | null,
  use: UseFile<T>,
): Promise<T> {
  const { storage, images } = library;
  const target = await newStagedPath(storage);
  try {
    const { extension, embedded, ...facts } = await images.clean(
      staged.path,
      target.path,
      ctx.actor.id ?? ctx.actor.name,
    );
    const { mimeType, sha256 } = facts;
    const fileName = makeFileName(sha256, extension);
    await storage.put(target.path, {
      fileName,
      mimeType,
      contentDisposition: contentDisposition(mimeType, originalName),
    });
    const row = { ...facts, fileName, sourceSha256: staged.sha256 };
    return await withRow(ctx, library, row, (ctx, file) => use(ctx, file, embedded));
  } catch (error) {
    throw toStorageFullError(error);
  } finally {
    await target.discard();
  }
}

/**
 * The bytes are stored before the row is inserted, so that a row never refers to missing bytes. If the process dies in
 * between, or the caller's outer transaction rolls back, `sweepMedia` removes the bytes.
 */
async function withRow<T>(
  ctx: Context,
  { storage }: MediaLibrary,
  row: NewFile,
  use: (ctx: Context, file: MediaFile) => Promise<T>,
): Promise<T> {
  const hashes = [row.sourceSha256, row.sha256];
  let mayBeCommitted = false;
  try {
    return await inTransaction(ctx, async (ctx) => {
      // Serializes concurrent uploads of the same image, or of images that differ only in stripped metadata: the
      // second upload finds the file of the first.
      await lockChecksums(ctx, hashes);
      const known = await lockFileForShare(ctx, hashes);
      const result = await use(ctx, known ? await reuse(ctx, known) : await insertFile(ctx, row));
      mayBeCommitted = known === null;
      return result;
    });
  } finally {
    // If the connection was lost during COMMIT, the row may exist nevertheless, so the bytes stay.
    if (!mayBeCommitted) await removeFiles(storage, [row.fileName]);
  }
}

type NewFile = Prisma.MediaFileCreateInput & { fileName: string; sha256: string; sourceSha256: string };

/** Clears `releasedAt`, so that the next sweep does not delete a file that is in use again. */
async function reuse(ctx: Context, file: MediaFile): Promise<MediaFile> {
  if (file.releasedAt === null) return file;
  return ctx.db.mediaFile.update({ where: { id: file.id }, data: { releasedAt: null } });
}

async function insertFile(ctx: Context, row: Prisma.MediaFileCreateInput): Promise<MediaFile> {
  const file = await ctx.db.mediaFile.create({ data: { ...row, createdAt: ctx.now } });
  if (formatsOf(file).length === 0) return file;
  await notifyOfRenditions(ctx);
  return ctx.db.mediaFile.update({ where: { id: file.id }, data: { renditionsDueAt: ctx.now } });
}

/**
 * Deletes the row if nothing uses the file. Returns the file names that the caller must remove from the storage after
 * the commit.
 */
export async function deleteUnusedFile(ctx: Context, id: string): Promise<string[]> {
  // Waits for transactions that are about to use the file; the next statement sees what they committed.
  await ctx.db.$queryRaw`SELECT 1 FROM media_files WHERE id = ${id}::uuid FOR UPDATE`;
  const file = await ctx.db.mediaFile.findFirst({
    where: { id, ...unused },
    select: { fileName: true, renditions: { select: { fileName: true } } },
  });
  if (!file) return [];
  await ctx.db.mediaFile.delete({ where: { id } });
  return [file.fileName, ...file.renditions.map((rendition) => rendition.fileName)];
}

/** Matches files that no media and no live edition refers to. */
const unused = { media: { none: {} }, published: { none: {} } } satisfies Prisma.MediaFileWhereInput;
