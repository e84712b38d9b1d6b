import type { MarkdownFigure } from '../../../markdown/figure-html.ts';
import type { ResolvedFigure } from '../../issues/figures/resolve-figures.ts';
import type { MediaWithFile } from '../../media/record/media-with-file.ts';
import { focalPointOf } from '../../media/record/present.ts';
import { sourcesOf } from '../../media/record/sources.ts';
import type { PublishedAttachment, PublishedFigure } from './edition-schemas.ts';
import { storedMediaAddress } from './media-address.ts';

/** Its renderings are named whether they are made by now or not: until they are, the file itself is served. */
export function composeFigure({
  media,
  alt,
  caption,
  credit,
}: ResolvedFigure): PublishedFigure & MarkdownFigure {
  const { fileName, mimeType, width, height, thumbhash, placeholder } = media.file;
  // Nobody can name such a media as a figure, and readiness lets none through that a text places.
  if (width === null || height === null) throw new Error(`${fileName} cannot be a figure: it is no image`);
  return {
    mediaId: media.id,
    url: storedMediaAddress(fileName),
    ...{ width, height, mimeType, alt, caption, credit },
    sources: sourcesOf(media.file, storedMediaAddress('')),
    ...{ thumbhash, placeholder },
    focalPoint: focalPointOf(media),
  };
}

/** For what a text links to: a file to have, whatever its type. */
export function composeAttachment({ id, originalName, file }: MediaWithFile): PublishedAttachment {
  const { fileName, mimeType, size } = file;
  return { mediaId: id, url: storedMediaAddress(fileName), mimeType, size, originalName };
}
