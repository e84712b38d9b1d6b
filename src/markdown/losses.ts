import { parseMarkdown } from './parse.ts';
import { linksOf } from './references.ts';
import { nodesOf } from './tree.ts';

/**
 * Links that rendering keeps: of the web, of mail, to media, and within the page or site. One to a media that
 * is not there is more than a loss: readiness has a fault for it.
 */
const keptAddress = /^(https?:|mailto:|media:|[^:]*$|[^:]*[/?#])/i;

/** What of a text readers will not get, in words that follow "has". */
export function findLosses(markdown: string): string[] {
  const { tree } = parseMarkdown(markdown);
  const hasHtml = nodesOf(tree).some((node) => node.type === 'html');
  const hasLostLink = linksOf(tree).some(({ url }) => !keptAddress.test(url));
  return [
    ...(hasHtml ? ['raw HTML, which is left out'] : []),
    ...(hasLostLink ? ['a link that is not of the web, which is left out'] : []),
  ];
}
