import type { TextReferences } from '../../../markdown/read-text.ts';
import type { Credit } from '../../media/record/credit-schemas.ts';
import type { MediaWithFile } from '../../media/record/media-with-file.ts';
import { creditOf } from '../../media/record/present.ts';
import type { FigureTree } from '../tree/load-issue.ts';
import { parseCredit } from '../tree/present.ts';

/** A figure whose missing alt text, caption and credit are taken from its media file. */
export type ResolvedFigure = {
  media: MediaWithFile;
  /** Null: there is no alt text yet. Empty: the image is decorative. */
  alt: string | null;
  caption: string | null;
  credit: Credit | null;
};

/** An image in a Markdown text. `figure` is null if the media file does not exist. */
export type PlacedFigure = { address: string; figure: ResolvedFigure | null };

/** A link to a media file in a Markdown text. `media` is null if it does not exist. */
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

/** Resolves a figure that overrides nothing: the alt text, caption and credit are those of the media file. */
export function resolveMedia(media: MediaWithFile): ResolvedFigure {
  return { media, alt: media.alt, caption: media.caption, credit: creditOf(media) };
}

/** The figures that a text shows, in order. Alt text from the Markdown is used if neither figure nor media has any. */
export function resolvePlaced({ images }: TextReferences, figures: readonly FigureTree[]): PlacedFigure[] {
  const byMedia = resolveByMedia(figures);
  return images.map(({ address, mediaId, alt }) => {
    const figure = mediaId === null ? undefined : byMedia.get(mediaId);
    return { address, figure: figure ? { ...figure, alt: figure.alt ?? alt } : null };
  });
}

/**
 * The media files that a text links to, in order. `figures` has a row for each media file that the text shows or links
 * to, but does not say which of the two.
 */
export function resolveLinked({ links }: TextReferences, figures: readonly FigureTree[]): LinkedMedia[] {
  const byMedia = resolveByMedia(figures);
  return links.map(({ address, mediaId }) => {
    const media = mediaId === null ? undefined : byMedia.get(mediaId)?.media;
    return { address, media: media ?? null };
  });
}

/**
 * Resolved figures by media id. A listed figure takes precedence over one that only a text refers to. The cover is
 * left out, because its alt text and caption do not apply to the texts.
 */
export function resolveByMedia(figures: readonly FigureTree[]): Map<string, ResolvedFigure> {
  const listedLast = figures
    .filter(({ place }) => place !== 'cover')
    .toSorted((a, b) => Number(a.place === 'item') - Number(b.place === 'item'));
  return new Map(listedLast.map((figure) => [figure.mediaId, resolveFigure(figure)]));
}
