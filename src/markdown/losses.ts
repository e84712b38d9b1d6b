import type { Root, Table } from 'mdast';
import type { LeftOut } from './html/left-out.ts';
import { isForeignImageAddress, isKeptAddress } from './nodes/shown-address.ts';
import { textOf } from './nodes/text-of.ts';
import { lineOf, nodesOf } from './nodes/tree.ts';
import { parseMarkdown } from './parse.ts';
import { imagesOf, isMediaAddress, linksOf } from './references.ts';
import { showsSomething } from './shows-something.ts';
import { findUnused, nameOf } from './unused.ts';

/** Something that readers do not get as the author wrote it. The message says where. */
export type Loss = {
  code: 'markup_left_out' | 'image_left_out' | 'image_alt_missing' | 'emoji_shortcode';
  message: string;
};

/** What prevents a text from being published. The message says where. */
export type TextFault = { code: 'link_unusable' | 'text_empty'; message: string };

type Place = { what: string; line: number };

/** In one message. */
export const MAX_PLACES = 20;
const MAX_NAME_LENGTH = 60;

/** Lists what rendering leaves out or does not understand, with one loss for each code. */
export function findLosses(markdown: string): Loss[] {
  const { tree, leftOut } = parseMarkdown(markdown);
  const markup = [...leftOut, ...unusedIn(tree), ...cellsIn(tree), ...codeDetailsIn(tree)];
  const images = imagesOf(tree).filter(({ url }) => !isMediaAddress(url));
  const named = images.map(({ node, url }) => ({
    node,
    url,
    line: lineOf(node),
    what: shorten(url || `![${node.alt ?? ''}]`),
  }));
  return [
    ...report('markup_left_out', 'has markup that is left out', lostFirst(markup).map(withFate)),
    ...report(
      'image_left_out',
      'has an image that is left out, because its address does not start with https://',
      named.filter(({ url }) => !isForeignImageAddress(url)),
    ),
    ...report(
      'image_alt_missing',
      'has an image of another site without alt text',
      named.filter(({ node, url }) => isForeignImageAddress(url) && !node.alt?.trim()),
    ),
    ...report('emoji_shortcode', 'has names of emoji that are shown as they are', shortcodesIn(tree)),
  ];
}

/** A link to a media file that does not exist is not reported here. */
export function findTextFaults(markdown: string): TextFault[] {
  const { tree } = parseMarkdown(markdown);
  const links = linksOf(tree).filter(({ url }) => !isKeptAddress(url));
  const places = links.map(({ node, url }) => ({
    what: shorten(url || `[${textOf(node)}]`),
    line: lineOf(node),
  }));
  const isEmpty = markdown.trim() !== '' && !showsSomething(tree);
  return [
    ...report(
      'link_unusable',
      'has a link without an address, or with one that is not http, https, mailto or media',
      places,
    ),
    ...(isEmpty ? [{ code: 'text_empty' as const, message: 'shows nothing to readers' }] : []),
  ];
}

function report<Code extends string>(code: Code, message: string, places: readonly Place[]) {
  if (places.length === 0) return [];
  const named = [...new Set(places.map(({ what, line }) => `${what} on line ${line}`))];
  const more = named.length > MAX_PLACES ? `, and ${named.length - MAX_PLACES} more` : '';
  return [{ code, message: `${message}: ${named.slice(0, MAX_PLACES).join(', ')}${more}` }];
}

/** Where a message cannot name all places, it names those whose content is lost. */
function lostFirst(places: readonly LeftOut[]): readonly LeftOut[] {
  if (places.length <= MAX_PLACES) return places;
  return places.toSorted((a, b) => Number(b.isTextLost) - Number(a.isTextLost));
}

function withFate({ what, line, isTextLost }: LeftOut): Place {
  return { what: `${what} (${isTextLost ? 'its content is lost' : 'its text is kept'})`, line };
}

function shorten(name: string): string {
  return name.length > MAX_NAME_LENGTH ? `${name.slice(0, MAX_NAME_LENGTH)}…` : name;
}

function unusedIn(tree: Root): LeftOut[] {
  return findUnused(tree).map((node) => ({
    what: `[${shorten(nameOf(node))}]:, which nothing refers to`,
    line: lineOf(node),
    isTextLost: true,
  }));
}

/** Rows may have more cells than the table has columns. */
function cellsIn(tree: Root): LeftOut[] {
  const tables = nodesOf(tree).filter((node) => node.type === 'table');
  return tables.flatMap((table) =>
    table.children
      .filter(({ children }) => children.length > columnsOf(table))
      .map((row) => ({
        what: 'a table row with more cells than columns',
        line: lineOf(row),
        isTextLost: true,
      })),
  );
}

/** What follows the language at the start of a code block, such as `title="a.js"`. */
function codeDetailsIn(tree: Root): LeftOut[] {
  return nodesOf(tree).flatMap((node) => {
    if (node.type !== 'code' || !node.meta) return [];
    const what = `“${shorten(node.meta)}” after the language of a code block`;
    return [{ what, line: lineOf(node), isTextLost: true }];
  });
}

function columnsOf({ align, children }: Table): number {
  return align?.length ?? children[0]?.children.length ?? 0;
}

const shortcode = /(?<![\w:/]):(?=[\w+-]{0,40}[a-z]|[+-]1:)[\w+-]{2,40}:(?![\w:])/gi;

function shortcodesIn(tree: Root): Place[] {
  return nodesOf(tree).flatMap((node) => {
    if (node.type !== 'text') return [];
    return [...node.value.matchAll(shortcode)].map(({ 0: what, index }) => {
      return { what, line: lineOf(node) + node.value.slice(0, index).split('\n').length - 1 };
    });
  });
}
