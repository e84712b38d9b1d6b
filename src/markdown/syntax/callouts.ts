import type { Blockquote, Paragraph, Root } from 'mdast';
import { nodesOf } from '../nodes/tree.ts';
import type { Callout, WordsInText } from './words-in.ts';

const CALLOUTS: readonly Callout[] = ['note', 'tip', 'important', 'warning', 'caution'];

declare module 'mdast' {
  interface BlockquoteData {
    callout?: Callout;
  }
}

/** As on GitHub, on the first line of the quote. Obsidian adds the sign of a callout that can be folded. */
const marker = new RegExp(`^\\[!(${CALLOUTS.join('|')})\\][+-]?[ \\t]*(?:\\r?\\n|$)`, 'i');

/** Marks the quotes that are callouts, and removes their markers. `> [!NOTE]` without content stays a quote. */
export function settleCallouts(tree: Root): void {
  for (const node of nodesOf(tree)) if (node.type === 'blockquote') settleCallout(node);
}

function settleCallout(quote: Blockquote): void {
  const [first, ...others] = quote.children;
  const [text, ...rest] = first?.type === 'paragraph' ? first.children : [];
  const found = text?.type === 'text' ? marker.exec(text.value) : null;
  const callout = CALLOUTS.find((name) => name === found?.[1]?.toLowerCase());
  if (!found || text?.type !== 'text' || !callout) return;
  const value = text.value.slice(found[0].length);
  const isAlone = value === '' && rest.filter(({ type }) => type !== 'break').length === 0;
  if (isAlone && others.length === 0) return;
  quote.data = { callout, hProperties: { className: ['callout', `callout-${callout}`] } };
  text.value = value;
  if (rest[0]?.type === 'break' && value === '') rest.shift();
  if (isAlone) quote.children.shift();
  else if (first?.type === 'paragraph') first.children = value === '' ? rest : [text, ...rest];
}

/** Starts each callout with its label in the language of the text. */
export function labelCallouts(tree: Root, { callouts, lang }: WordsInText): void {
  for (const node of nodesOf(tree)) {
    if (node.type !== 'blockquote' || !node.data?.callout) continue;
    const label: Paragraph = {
      type: 'paragraph',
      children: [{ type: 'strong', children: [{ type: 'text', value: callouts[node.data.callout] }] }],
      data: { hProperties: { className: ['callout-title'], ...(lang ? { lang } : {}) } },
    };
    node.children.unshift(label);
  }
}
