import type { Element, Root } from 'hast';
import remarkRehype from 'remark-rehype';
import { unified } from 'unified';
import type { MarkdownFigure } from './figure-html.ts';
import { parseMarkdown } from './parse.ts';
import { placeFigures } from './place-figures.ts';
import { placeLinks } from './place-links.ts';
import { toSafeHtml } from './safe-html.ts';

export type RenderedMarkdown = {
  html: string;
  /** Ids of the media that the text places. */
  placed: ReadonlySet<string>;
  /** What the text has too much of, to follow "it has". Null if its markup is rendered. */
  excess: string | null;
};

const toElements = unified().use(remarkRehype, { clobberPrefix: '' }).freeze();

/**
 * Renders Markdown to sanitized HTML, without raw HTML. `figures` are the images that the text may place, `addresses` the
 * URLs of the media files that it may link to; their keys are media ids in lower case. `anchor` prefixes the ids of footnotes, so that they are unique on
 * the page.
 */
export function renderMarkdown(
  markdown: string,
  figures: ReadonlyMap<string, MarkdownFigure>,
  anchor: string,
  addresses: ReadonlyMap<string, string> = new Map(),
): RenderedMarkdown {
  const { tree: shared, excess } = parseMarkdown(markdown);
  const tree = structuredClone(shared);
  const placed = placeFigures(tree, figures);
  placeLinks(tree, addresses);
  const elements = toElements.runSync(tree);
  prefixIds(elements, `${anchor}-`);
  return { html: toSafeHtml(elements), placed, excess };
}

/** Prefixes the ids of footnotes and the links to them. No other elements have ids. */
function prefixIds(parent: Root | Element, prefix: string): void {
  for (const child of parent.children) {
    if (child.type !== 'element') continue;
    const { properties } = child;
    const { id, href, ariaDescribedBy } = properties;
    if (typeof id === 'string') properties.id = prefix + id;
    if (Array.isArray(ariaDescribedBy))
      properties.ariaDescribedBy = ariaDescribedBy.map((name) => prefix + name);
    if (typeof href === 'string' && isFootnoteLink(child)) properties.href = `#${prefix}${href.slice(1)}`;
    prefixIds(child, prefix);
  }
}

function isFootnoteLink({ properties }: Element): boolean {
  return 'dataFootnoteRef' in properties || 'dataFootnoteBackref' in properties;
}
