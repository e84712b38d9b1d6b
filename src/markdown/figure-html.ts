import type { Element, ElementContent, Properties } from 'hast';
import { toSafeHtml } from './safe-html.ts';

/** A figure with nothing left to look up. Its words are plain text. */
export type MarkdownFigure = {
  url: string;
  /** Pixels */
  width: number;
  height: number;
  /** Null: nobody wrote one. Empty: decorative. */
  alt: string | null;
  caption: string | null;
  credit: { text: string; url?: string | null | undefined; licence?: string | null | undefined } | null;
};

/** For a figure that the body does not place. */
export function renderFigure(figure: MarkdownFigure): string {
  const image = element('img', imageProperties(figure, null));
  const caption = captionElements(figure, null);
  const children = caption.length > 0 ? [image, element('figcaption', {}, caption)] : [image];
  return toSafeHtml({ type: 'root', children: [element('figure', {}, children)] });
}

export function imageProperties(figure: MarkdownFigure, fallbackAlt: string | null): Properties {
  const { url, width, height, alt } = figure;
  return { src: url, alt: alt ?? fallbackAlt ?? '', width, height, loading: 'lazy', decoding: 'async' };
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
