import { parseMarkdown } from './parse.ts';
import { definitionsOf, nodesOf } from './tree.ts';

/** Links that rendering keeps: of the web, of mail, and within the page or site. */
const keptAddress = /^(https?:|mailto:|[^:]*$|[^:]*[/?#])/i;

/** What of a text readers will not get, in words that follow "has". */
export function findLosses(markdown: string): string[] {
  const { tree } = parseMarkdown(markdown);
  const definitions = definitionsOf(tree);
  const losses = nodesOf(tree).flatMap((node) => {
    if (node.type === 'html') return 'raw HTML, which is left out';
    const url = node.type === 'link' ? node.url : addressOf(node, definitions);
    return url === undefined || keptAddress.test(url)
      ? []
      : 'a link that is not of the web, which is left out';
  });
  return [...new Set(losses)];
}

function addressOf(
  node: { type: string; identifier?: string },
  definitions: ReturnType<typeof definitionsOf>,
): string | undefined {
  return node.type === 'linkReference' ? definitions.get(node.identifier ?? '')?.url : undefined;
}
