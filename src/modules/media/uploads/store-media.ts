import type { Context } from '../../../context.ts';
import type { MediaFile, Prisma } from '../../../database/generated/client.ts';
import { recordEvent } from '../../events/record-event.ts';
import type { EmbeddedMetadata } from '../images/embedded-metadata/embedded-metadata.ts';
import { withStoredFile } from '../library/media-file.ts';
import type { MediaLibrary } from '../library/media-library.ts';
import { type MediaColumns, metadataColumns } from '../library/metadata-columns.ts';
import { licenceAt } from '../record/licence-at.ts';
import { type MediaWithFile, withFileIncluded } from '../record/media-with-file.ts';
import type { MediaMetadata } from '../record/schemas.ts';
import { type StagedFile, stageBytes } from '../storage/staging.ts';
import { cleanOriginalName } from './original-name.ts';

/** `isNew` is false if a media file with these bytes existed already; it is returned unchanged. */
export type Stored = { media: MediaWithFile; isNew: boolean };

/** The metadata that is sent with a file. Absent fields default to the embedded metadata of the file. */
export type Upload = MediaMetadata & { originalName?: string | null | undefined };

/** Stores the bytes as a media file. Pass a Buffer as `[buffer]`. */
export async function storeMedia(
  ctx: Context,
  library: MediaLibrary,
  { bytes, ...upload }: Upload & { bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array> },
): Promise<Stored> {
  const staged = await stageBytes(library.storage, bytes, library.maxBytes);
  return storeStagedMedia(ctx, library, staged, upload);
}

/** Stores a staged file if it is acceptable. The staged file is discarded in any case. */
export async function storeStagedMedia(
  ctx: Context,
  library: MediaLibrary,
  staged: StagedFile,
  { originalName, ...metadata }: Upload,
): Promise<Stored> {
  const name = cleanOriginalName(originalName ?? '');
  try {
    return await withStoredFile(ctx, library, staged, name, async (ctx, file, embedded) => {
      const known = await findMediaOf(ctx, file);
      if (known) return { media: known, isNew: false };
      const columns = metadataColumns(withDefaults(metadata, embedded));
      return { media: await insertMedia(ctx, file, { originalName: name, ...columns }), isNew: true };
    });
  } finally {
    await staged.discard();
  }
}

/** Returns the oldest. Several media rows share a file if the bytes of one were replaced with those of another. */
function findMediaOf(ctx: Context, { id }: MediaFile): Promise<MediaWithFile | null> {
  return ctx.db.media.findFirst({ where: { fileId: id }, orderBy: { id: 'asc' }, include: withFileIncluded });
}

function withDefaults(metadata: MediaMetadata, embedded: EmbeddedMetadata): MediaMetadata {
  const { alt, caption, credit: text, licenceUrl } = embedded;
  const credit = text === null ? null : { text, licence: licenceAt(licenceUrl) };
  return {
    ...metadata,
    alt: metadata.alt === undefined ? alt : metadata.alt,
    caption: metadata.caption === undefined ? caption : metadata.caption,
    credit: metadata.credit === undefined ? credit : metadata.credit,
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
