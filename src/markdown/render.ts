import type { Element, Root } from 'hast';
import type { Root as MarkdownRoot } from 'mdast';
import remarkRehype from 'remark-rehype';
import { unified } from 'unified';
import { isRightToLeft } from './direction.ts';
import type { MarkdownFigure } from './figure-html.ts';
import { type HeadingLevel, lowerHeadings } from './headings.ts';
import { parseMarkdown } from './parse.ts';
import { placeFigures } from './place-figures.ts';
import { placeLinks } from './place-links.ts';
import { toSafeHtml } from './safe-html.ts';
import { labelCallouts } from './syntax/callouts.ts';
import { type WordsInText, wordsIn } from './syntax/words-in.ts';

export type RenderedMarkdown = {
  html: string;
  /** Ids of the media that the text places. */
  placed: ReadonlySet<string>;
  /** What the text has too much of, to follow "it has". Null if its markup is rendered. */
  excess: string | null;
};

/** What a text takes from its place in an issue. */
export type TextPlace = {
  headingLevel: HeadingLevel;
  /** Of the newsletter: a BCP 47 tag. */
  language: string;
};

const ON_ITS_OWN: TextPlace = { headingLevel: 2, language: 'en' };

/**
 * Renders Markdown to sanitized HTML, without raw HTML. `figures` are the images that the text may place, `addresses` the
 * URLs of the media files that it may link to; their keys are media ids in lower case. `anchor` prefixes the ids of
 * footnotes, so that they are unique on the page.
 */
export function renderMarkdown(
  markdown: string,
  figures: ReadonlyMap<string, MarkdownFigure>,
  anchor: string,
  addresses: ReadonlyMap<string, string> = new Map(),
  { headingLevel, language }: TextPlace = ON_ITS_OWN,
): RenderedMarkdown {
  const { tree: shared, excess } = parseMarkdown(markdown);
  const tree = structuredClone(shared);
  const placed = placeFigures(tree, figures);
  placeLinks(tree, addresses);
  lowerHeadings(tree, headingLevel);
  const words = wordsIn(language);
  labelCallouts(tree, words);
  const elements = toElements(tree, headingLevel, words);
  prefixIds(elements, `${anchor}-`);
  if (isRightToLeft(language)) setCodeDirection(elements);
  return { html: toSafeHtml(elements), placed, excess };
}

function toElements(
  tree: MarkdownRoot,
  level: HeadingLevel,
  { footnotes, backToReference, lang }: WordsInText,
) {
  const language = lang ? { lang } : {};
  const settings = {
    clobberPrefix: '',
    footnoteLabel: footnotes,
    footnoteLabelTagName: `h${level}`,
    footnoteLabelProperties: { className: ['sr-only'], ...language },
    footnoteBackLabel: (index: number, again: number) =>
      backToReference.replace('$n', `${index + 1}${again > 1 ? `-${again}` : ''}`),
  };
  const elements = unified().use(remarkRehype, settings).runSync(tree);
  if (lang) setLanguage(elements, lang);
  return elements;
}

/** The links back from footnotes have English labels. */
function setLanguage(elements: Root, lang: string): void {
  for (const { properties } of elementsIn(elements)) {
    if ('dataFootnoteBackref' in properties) properties.lang = lang;
  }
}

/** Code and formulas are written from left to right in every language. */
function setCodeDirection(elements: Root): void {
  for (const { tagName, properties } of elementsIn(elements)) {
    if (tagName === 'pre' || tagName === 'code') properties.dir = 'ltr';
  }
}

function elementsIn(root: Root): Element[] {
  const elements: Element[] = [];
  const waiting: (Root | Element)[] = [root];
  for (let parent = waiting.pop(); parent; parent = waiting.pop()) {
    for (const child of parent.children) {
      if (child.type !== 'element') continue;
      elements.push(child);
      waiting.push(child);
    }
  }
  return elements;
}

/** Prefixes the ids of footnotes and the links to them. No other elements have ids. */
function prefixIds(elements: Root, prefix: string): void {
  for (const element of elementsIn(elements)) {
    const { properties } = element;
    const { id, href, ariaDescribedBy } = properties;
    if (typeof id === 'string') properties.id = prefix + id;
    if (Array.isArray(ariaDescribedBy))
      properties.ariaDescribedBy = ariaDescribedBy.map((name) => prefix + name);
    if (typeof href === 'string' && isFootnoteLink(element)) properties.href = `#${prefix}${href.slice(1)}`;
  }
}

function isFootnoteLink({ properties }: Element): boolean {
  return 'dataFootnoteRef' in properties || 'dataFootnoteBackref' in properties;
}
