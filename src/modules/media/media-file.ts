import { lockBytes } from '../../advisory-lock.ts';
import { type Context, inTransaction } from '../../context.ts';
import type { MediaFile, Prisma } from '../../database/generated/client.ts';
import { contentDisposition } from './content-disposition.ts';
import { makeFileName } from './file-name.ts';
import type { CleanedFile } from './images/image-process.ts';
import type { MediaLibrary } from './library.ts';
import { nameFullStorage } from './storage/full-storage.ts';
import { newStagedPath, type StagedFile } from './storage/staging.ts';
import { formatsOf } from './variants/plan-variants.ts';
import { notifyOfVariants } from './variants/variants-channel.ts';

/** What a file says of itself. Null: nothing. */
export type EmbeddedWords = CleanedFile['words'];

export type UseFile<T> = (ctx: Context, file: MediaFile, words: EmbeddedWords) => Promise<T>;

const SILENT: EmbeddedWords = { alt: null, caption: null, credit: null, licenceUrl: null };

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

/** Null: these bytes are new. */
async function withKnownFile<T>(
  ctx: Context,
  sha256: string,
  use: UseFile<T>,
): Promise<{ result: T } | null> {
  if (!(await ctx.db.mediaFile.findFirst({ where: { OR: [{ sourceSha256: sha256 }, { sha256 }] } })))
    return null;
  return inTransaction(ctx, async (ctx) => {
    const file = await findFile(ctx, sha256);
    return file && { result: await use(ctx, file, SILENT) };
  });
}

/** By the bytes as they were uploaded, or as we store them. Nobody deletes it until the transaction ends. */
async function findFile(ctx: Context, sha256: string): Promise<MediaFile | null> {
  const rows = await ctx.db.$queryRaw<{ id: string }[]>`
    SELECT id FROM media_files WHERE source_sha256 = ${sha256} OR sha256 = ${sha256}
    ORDER BY source_sha256 = ${sha256} DESC NULLS LAST, id LIMIT 1 FOR KEY SHARE`;
  const [row] = rows;
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
  row: Prisma.MediaFileCreateInput & { fileName: string; sourceSha256: string },
  use: (ctx: Context, file: MediaFile) => Promise<T>,
): Promise<T> {
  let mayBeCommitted = false;
  try {
    return await inTransaction(ctx, async (ctx) => {
      // Of two uploads of the same bytes at once, the second finds what the first has stored.
      await lockBytes(ctx, row.sourceSha256);
      const known = await findFile(ctx, row.sourceSha256);
      const result = await use(ctx, known ?? (await insertFile(ctx, row)));
      mayBeCommitted = known === null;
      return result;
    });
  } finally {
    // Where the answer to COMMIT was lost, the row may be there all the same.
    if (!mayBeCommitted) await storage.remove(row.fileName);
  }
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
