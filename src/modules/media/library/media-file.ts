import { type Context, inTransaction } from '../../../context.ts';
import type { MediaFile, Prisma } from '../../../database/generated/client.ts';
import { lockChecksums } from '../../../lib/advisory-lock.ts';
import { contentDisposition } from '../files/content-disposition.ts';
import { makeFileName } from '../files/file-name.ts';
import { type EmbeddedWords, NO_WORDS } from '../images/embedded-metadata/no-words.ts';
import { formatsOf } from '../renditions/plan-variants.ts';
import { notifyOfVariants } from '../renditions/variants-channel.ts';
import { nameFullStorage } from '../storage/full-storage.ts';
import { removeFiles } from '../storage/remove-files.ts';
import { newStagedPath, type StagedFile } from '../storage/staging.ts';
import type { MediaLibrary } from './media-library.ts';

export type UseFile<T> = (ctx: Context, file: MediaFile, words: EmbeddedWords) => Promise<T>;

/**
 * Runs `use` in a transaction in which these bytes have a row, and keeps both or neither. Bytes that are known
 * are not stored again. Refuses what the library does not take.
 */
export async function withFile<T>(
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
 * Null: these bytes are new, or no media has them any more: then they are looked at again, for what they say of
 * themselves.
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
    const file = await findFile(ctx, [sha256]);
    return file && { result: await use(ctx, file, NO_WORDS) };
  });
}

/** By the bytes as they were uploaded, or as we store them. Nobody deletes it until the transaction ends. */
async function findFile(ctx: Context, sums: readonly string[]): Promise<MediaFile | null> {
  const [row] = await ctx.db.$queryRaw<{ id: string }[]>`
    SELECT id FROM media_files WHERE source_sha256 = ANY (${sums}) OR sha256 = ANY (${sums})
    ORDER BY source_sha256 = ${sums[0]} DESC NULLS LAST, id LIMIT 1 FOR KEY SHARE`;
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
    const { extension, words, ...facts } = await images.clean(staged.path, target.path);
    const { mimeType, sha256 } = facts;
    const fileName = makeFileName(sha256, extension);
    await storage.keep(target.path, {
      fileName,
      mimeType,
      contentDisposition: contentDisposition(mimeType, originalName),
    });
    const row = { ...facts, fileName, sourceSha256: staged.sha256 };
    return await withRow(ctx, library, row, (ctx, file) => use(ctx, file, words));
  } catch (error) {
    throw nameFullStorage(error);
  } finally {
    await target.discard();
  }
}

/**
 * The file first, then the row: a row never points to nothing. A process that dies in between, or a caller
 * whose transaction fails later, leaves a file without a row, for `sweepMedia`.
 */
async function withRow<T>(
  ctx: Context,
  { storage }: MediaLibrary,
  row: NewFile,
  use: (ctx: Context, file: MediaFile) => Promise<T>,
): Promise<T> {
  const sums = [row.sourceSha256, row.sha256];
  let mayBeCommitted = false;
  try {
    return await inTransaction(ctx, async (ctx) => {
      // Two uploads of one picture at once, or of two that differ in what was stripped alone: the second finds
      // what the first has stored.
      await lockChecksums(ctx, sums);
      const known = await findFile(ctx, sums);
      const result = await use(ctx, known ? await reuse(ctx, known) : await insertFile(ctx, row));
      mayBeCommitted = known === null;
      return result;
    });
  } finally {
    // Where the answer to COMMIT was lost, the row may be there all the same.
    if (!mayBeCommitted) await removeFiles(storage, [row.fileName]);
  }
}

type NewFile = Prisma.MediaFileCreateInput & { fileName: string; sha256: string; sourceSha256: string };

/** One that was released is in use from here on, though the next sweep may be an hour away. */
async function reuse(ctx: Context, file: MediaFile): Promise<MediaFile> {
  if (file.releasedAt === null) return file;
  return ctx.db.mediaFile.update({ where: { id: file.id }, data: { releasedAt: null } });
}

async function insertFile(ctx: Context, row: Prisma.MediaFileCreateInput): Promise<MediaFile> {
  const file = await ctx.db.mediaFile.create({ data: { ...row, createdAt: ctx.now } });
  if (formatsOf(file).length === 0) return file;
  await notifyOfVariants(ctx);
  return ctx.db.mediaFile.update({ where: { id: file.id }, data: { variantsDueAt: ctx.now } });
}

/** Deletes the row if nothing shows the file. Answers with the names to remove from the storage once this is committed. */
export async function deleteUnusedFile(ctx: Context, id: string): Promise<string[]> {
  // Whoever is about to use the file holds its row; after them a new statement sees what they did.
  await ctx.db.$queryRaw`SELECT 1 FROM media_files WHERE id = ${id}::uuid FOR UPDATE`;
  const file = await ctx.db.mediaFile.findFirst({
    where: { id, ...unused },
    select: { fileName: true, variants: { select: { fileName: true } } },
  });
  if (!file) return [];
  await ctx.db.mediaFile.delete({ where: { id } });
  return [file.fileName, ...file.variants.map((variant) => variant.fileName)];
}

/** Where-clause of files that neither the library nor a live edition shows. */
const unused = { media: { none: {} }, published: { none: {} } } satisfies Prisma.MediaFileWhereInput;
