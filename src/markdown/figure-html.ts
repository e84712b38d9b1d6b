import type { Element, ElementContent, Properties } from 'hast';
import { IMAGE_SIZES } from './image-sizes.ts';
import { toSafeHtml } from './safe-html.ts';

/** A figure ready to render. Its texts are plain text. */
export type MarkdownFigure = {
  url: string;
  /** In pixels, like the height. */
  width: number;
  height: number;
  /** Renditions, the best format first. If empty, only `url` is used. */
  sources: readonly { mimeType: string; srcset: string }[];
  /** Base64 */
  thumbhash: string | null;
  /** A data: URL shown until the image has loaded. Null for images with transparency. */
  placeholder: string | null;
  /** Null if missing, empty if the image is decorative. */
  alt: string | null;
  caption: string | null;
  credit: { text: string; url?: string | null | undefined; licence?: string | null | undefined } | null;
};

/** The alternative text and title in the Markdown, used if the figure has none. */
export type ImageText = { alt: string | null; title: string | null };

/** Formats that every browser supports. */
const FALLBACK_TYPES = ['image/jpeg', 'image/png'];

/** Renders a figure that the body does not place. */
export function renderFigure(figure: MarkdownFigure): string {
  const image = imageElement(figure, { alt: null, title: null });
  const caption = captionElements(figure, null);
  const children = caption.length > 0 ? [image, element('figcaption', {}, caption)] : [image];
  return toSafeHtml({ type: 'root', children: [element('figure', {}, children)] });
}

/** Returns an `<img>`, or a `<picture>` if there are several formats. */
export function imageElement(figure: MarkdownFigure, imageText: ImageText): Element {
  const fallback = figure.sources.find(({ mimeType }) => FALLBACK_TYPES.includes(mimeType));
  const image = element('img', imageProperties(figure, fallback?.srcset, imageText));
  const sources = figure.sources.filter((source) => source !== fallback);
  return sources.length === 0 ? image : element('picture', {}, [...sources.map(sourceElement), image]);
}

function sourceElement({ mimeType, srcset }: MarkdownFigure['sources'][number]): Element {
  return element('source', { type: mimeType, srcSet: srcset, sizes: IMAGE_SIZES });
}

/** Undefined properties are not rendered. */
function imageProperties(
  { url, width, height, thumbhash, placeholder, ...figure }: MarkdownFigure,
  srcSet: string | undefined,
  { alt, title }: ImageText,
): Properties {
  return {
    src: url,
    srcSet,
    sizes: srcSet && IMAGE_SIZES,
    alt: figure.alt ?? alt ?? '',
    title: title ?? undefined,
    width,
    height,
    loading: 'lazy',
    decoding: 'async',
    dataThumbhash: thumbhash ?? undefined,
    style: placeholder === null ? undefined : `background:center/cover no-repeat url(${placeholder})`,
  };
}

/** The content of the caption. Empty if there is neither a caption nor a credit. */
export function captionElements(figure: MarkdownFigure, fallbackCaption: string | null): ElementContent[] {
  const caption = figure.caption ?? fallbackCaption;
  const elements = caption ? [text(caption)] : [];
  if (figure.credit === null) return elements;
  const credit = element('span', { className: ['credit'] }, creditElements(figure.credit));
  return caption ? [...elements, text(' '), credit] : [credit];
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
