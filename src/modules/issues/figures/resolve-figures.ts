import { findMediaImages, findMediaLinks } from '../../../markdown/references.ts';
import type { Credit } from '../../media/record/credit-schemas.ts';
import type { MediaWithFile } from '../../media/record/media-with-file.ts';
import { creditOf } from '../../media/record/present.ts';
import type { FigureTree } from '../tree/load-issue.ts';
import { parseCredit } from '../tree/present.ts';

/** A figure with nothing left to look up: its own words, or else its media's. */
export type ResolvedFigure = {
  media: MediaWithFile;
  /** Null: nobody wrote one. Empty: decorative. */
  alt: string | null;
  caption: string | null;
  credit: Credit | null;
};

/** An image in a Markdown text. Its figure is null when there is no such media. */
export type PlacedFigure = { address: string; figure: ResolvedFigure | null };

/** A link in a Markdown text to a media. Null: there is no such media. */
export type LinkedMedia = { address: string; media: MediaWithFile | null };

export function resolveFigure({ media, alt, caption, credit }: FigureTree): ResolvedFigure {
  const own = resolveMedia(media);
  return {
    media,
    alt: alt ?? own.alt,
    caption: caption ?? own.caption,
    credit: parseCredit(credit) ?? own.credit,
  };
}

/** What a media says of itself. */
export function resolveMedia(media: MediaWithFile): ResolvedFigure {
  return { media, alt: media.alt, caption: media.caption, credit: creditOf(media) };
}

/** The figures that a text places, in order. The image's own alt stands in where nobody wrote another. */
export function resolvePlaced(text: string | null, figures: readonly FigureTree[]): PlacedFigure[] {
  const byMedia = resolveByMedia(figures);
  return findMediaImages(text ?? '').map(({ address, mediaId, alt }) => {
    const figure = mediaId === null ? undefined : byMedia.get(mediaId);
    return { address, figure: figure ? { ...figure, alt: figure.alt ?? alt } : null };
  });
}

/** The media that a text links to, in order. Its figures are those of all that it refers to: the text says how. */
export function resolveLinked(text: string | null, figures: readonly FigureTree[]): LinkedMedia[] {
  const byMedia = resolveByMedia(figures);
  return findMediaLinks(text ?? '').map(({ address, mediaId }) => {
    const media = mediaId === null ? undefined : byMedia.get(mediaId)?.media;
    return { address, media: media ?? null };
  });
}

/**
 * By the id of the media. What an owner lists goes before what its texts alone refer to; the cover has words of
 * its own, which are not for the texts.
 */
export function resolveByMedia(figures: readonly FigureTree[]): Map<string, ResolvedFigure> {
  const listedLast = figures
    .filter(({ place }) => place !== 'cover')
    .toSorted((a, b) => Number(a.place === 'item') - Number(b.place === 'item'));
  return new Map(listedLast.map((figure) => [figure.mediaId, resolveFigure(figure)]));
}
