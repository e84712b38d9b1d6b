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
  /** Media that the text places. */
  placed: ReadonlySet<string>;
  /** Why the text is shown without its markup, in words that follow "it has". Null: it is shown as it is meant. */
  excess: string | null;
};

const toElements = unified().use(remarkRehype, { clobberPrefix: '' }).freeze();

/**
 * Sanitized HTML of a text. `figures` are by the id of their media, in lower case, and so are the `addresses`
 * of what the text may link to. `anchor` sets the ids of the text's footnotes apart from those of other texts
 * on the page. Raw HTML is left out.
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

/** Only footnotes have ids, and only their links lead to them. */
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
