import type { MarkdownFigure } from '../../../markdown/figure-html.ts';
import type { ResolvedFigure } from '../../issues/figures/resolve-figures.ts';
import type { MediaWithFile } from '../../media/record/media-with-file.ts';
import { focalPointOf } from '../../media/record/present.ts';
import { sourcesOf } from '../../media/record/sources.ts';
import type { PublishedAttachment, PublishedFigure } from './edition-schemas.ts';
import { storedMediaAddress } from './media-address.ts';

/** Includes renditions that do not exist yet. Until they do, their addresses serve the original file. */
export function composeFigure({
  media,
  alt,
  caption,
  credit,
}: ResolvedFigure): PublishedFigure & MarkdownFigure {
  const { fileName, mimeType, width, height, thumbhash, placeholder } = media.file;
  // Input that lists such a media file as a figure is refused, and readiness reports one that a text shows.
  if (width === null || height === null) throw new Error(`${fileName} is not an image`);
  return {
    mediaId: media.id,
    url: storedMediaAddress(fileName),
    ...{ width, height, mimeType, alt, caption, credit },
    sources: sourcesOf(media.file, storedMediaAddress('')),
    ...{ thumbhash, placeholder },
    focalPoint: focalPointOf(media),
  };
}

/** A file of any type that a text links to. */
export function composeAttachment({ id, originalName, file }: MediaWithFile): PublishedAttachment {
  const { fileName, mimeType, size } = file;
  return { mediaId: id, url: storedMediaAddress(fileName), mimeType, size, originalName };
}
