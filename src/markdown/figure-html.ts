import type { Element, ElementContent, Properties } from 'hast';
import { SIZES } from './image-sizes.ts';
import { toSafeHtml } from './safe-html.ts';

/** A figure with nothing left to look up. Its words are plain text. */
export type MarkdownFigure = {
  url: string;
  /** Pixels */
  width: number;
  height: number;
  /** Smaller renderings, the best format first. Empty: it is shown as it is. */
  sources: readonly { mimeType: string; srcset: string }[];
  /** Base64 */
  thumbhash: string | null;
  /** A data: address, seen until the image is there. Null for what one can see through. */
  placeholder: string | null;
  /** Null: nobody wrote one. Empty: decorative. */
  alt: string | null;
  caption: string | null;
  credit: { text: string; url?: string | null | undefined; licence?: string | null | undefined } | null;
};

/** What the text says of an image of its own, for where the figure says nothing. */
export type TextWords = { alt: string | null; title: string | null };

/** Formats that every browser shows. */
const FALLBACKS = ['image/jpeg', 'image/png'];

/** For a figure that the body does not place. */
export function renderFigure(figure: MarkdownFigure): string {
  const image = imageElement(figure, { alt: null, title: null });
  const caption = captionElements(figure, null);
  const children = caption.length > 0 ? [image, element('figcaption', {}, caption)] : [image];
  return toSafeHtml({ type: 'root', children: [element('figure', {}, children)] });
}

/** A `<picture>` where the browser has formats to choose from. */
export function imageElement(figure: MarkdownFigure, words: TextWords): Element {
  const fallback = figure.sources.find(({ mimeType }) => FALLBACKS.includes(mimeType));
  const image = element('img', imageProperties(figure, fallback?.srcset, words));
  const sources = figure.sources.filter((source) => source !== fallback);
  return sources.length === 0 ? image : element('picture', {}, [...sources.map(sourceElement), image]);
}

function sourceElement({ mimeType, srcset }: MarkdownFigure['sources'][number]): Element {
  return element('source', { type: mimeType, srcSet: srcset, sizes: SIZES });
}

/** What is undefined is not written. */
function imageProperties(
  { url, width, height, thumbhash, placeholder, ...figure }: MarkdownFigure,
  srcSet: string | undefined,
  { alt, title }: TextWords,
): Properties {
  return {
    src: url,
    srcSet,
    sizes: srcSet && SIZES,
    alt: figure.alt ?? alt ?? '',
    title: title ?? undefined,
    ...{ width, height, loading: 'lazy', decoding: 'async' },
    dataThumbhash: thumbhash ?? undefined,
    style: placeholder === null ? undefined : `background:center/cover no-repeat url(${placeholder})`,
  };
}

/** Empty: there is nothing to say. */
export function captionElements(figure: MarkdownFigure, fallbackCaption: string | null): ElementContent[] {
  const caption = figure.caption ?? fallbackCaption;
  const words = caption ? [text(caption)] : [];
  if (figure.credit === null) return words;
  const credit = element('span', { className: ['credit'] }, creditElements(figure.credit));
  return caption ? [...words, text(' '), credit] : [credit];
}

function creditElements({
  text: name,
  url,
  licence,
}: NonNullable<MarkdownFigure['credit']>): ElementContent[] {
  const isWebAddress = /^https?:\/\//i.test(url ?? '');
  const source = url && isWebAddress ? element('a', { href: url }, [text(name)]) : text(name);
  return licence ? [source, text(` (${licence})`)] : [source];
}

function element(tagName: string, properties: Properties, children: ElementContent[] = []): Element {
  return { type: 'element', tagName, properties, children };
}

function text(value: string): ElementContent {
  return { type: 'text', value };
}
