import type { Context } from '../../../context.ts';
import type { MediaFile, Prisma } from '../../../database/generated/client.ts';
import { recordEvent } from '../../events/record-event.ts';
import type { EmbeddedWords } from '../images/embedded-metadata/no-words.ts';
import { type MediaColumns, wordColumns } from '../library/columns.ts';
import { withFile } from '../library/media-file.ts';
import type { MediaLibrary } from '../library/media-library.ts';
import { licenceAt } from '../record/licence-at.ts';
import { type MediaWithFile, withFileIncluded } from '../record/media-with-file.ts';
import type { MediaWords } from '../record/schemas.ts';
import { type StagedFile, stageBytes } from '../storage/staging.ts';
import { cleanOriginalName } from './original-name.ts';

/** `isNew`: false where the library had these bytes already, and said of them what it says still. */
export type Stored = { media: MediaWithFile; isNew: boolean };

/** What comes with a file. What is left out is taken from the file, which may say it of itself. */
export type Upload = MediaWords & { originalName?: string | null | undefined };

/** Stores a file from wherever its bytes come; those of a Buffer as `[buffer]`. */
export async function storeMedia(
  ctx: Context,
  library: MediaLibrary,
  { bytes, ...upload }: Upload & { bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array> },
): Promise<Stored> {
  const staged = await stageBytes(library.storage, bytes, library.maxBytes);
  return keepMedia(ctx, library, staged, upload);
}

/** Keeps a staged file if it is of a type that is taken, and discards it if not. */
export async function keepMedia(
  ctx: Context,
  library: MediaLibrary,
  staged: StagedFile,
  { originalName, ...words }: Upload,
): Promise<Stored> {
  const name = cleanOriginalName(originalName ?? '');
  try {
    return await withFile(ctx, library, staged, name, async (ctx, file, embedded) => {
      const known = await findMediaOf(ctx, file);
      if (known) return { media: known, isNew: false };
      const columns = wordColumns(withDefaults(words, embedded));
      return { media: await insertMedia(ctx, file, { originalName: name, ...columns }), isNew: true };
    });
  } finally {
    await staged.discard();
  }
}

/** The oldest, where a replaced file made several share one. */
function findMediaOf(ctx: Context, { id }: MediaFile): Promise<MediaWithFile | null> {
  return ctx.db.media.findFirst({ where: { fileId: id }, orderBy: { id: 'asc' }, include: withFileIncluded });
}

function withDefaults(words: MediaWords, embedded: EmbeddedWords): MediaWords {
  const { alt, caption, credit: text, licenceUrl } = embedded;
  const credit = text === null ? null : { text, licence: licenceAt(licenceUrl) };
  return {
    ...words,
    alt: words.alt === undefined ? alt : words.alt,
    caption: words.caption === undefined ? caption : words.caption,
    credit: words.credit === undefined ? credit : words.credit,
  };
}

async function insertMedia(
  ctx: Context,
  { id: fileId }: MediaFile,
  columns: MediaColumns & Pick<Prisma.MediaUncheckedCreateInput, 'originalName'>,
): Promise<MediaWithFile> {
  const media = await ctx.db.media.create({
    data: { fileId, ...columns, createdAt: ctx.now, updatedAt: ctx.now },
    include: withFileIncluded,
  });
  const { id, file } = media;
  await recordEvent(ctx, {
    type: 'media.created',
    subject: { kind: 'media', id },
    details: { fileName: file.fileName },
  });
  return media;
}
