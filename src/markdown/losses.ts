import { parseMarkdown } from './parse.ts';
import { linksOf } from './references.ts';
import { nodesOf } from './tree.ts';

/**
 * URLs that rendering keeps: web, mail, media, and relative URLs. A link to a media file that does not exist is not reported
 * here, because it is a fault that prevents publishing.
 */
const keptAddress = /^(https?:|mailto:|media:|[^:]*$|[^:]*[/?#])/i;

/** Lists the parts of a text that rendering removes. Each phrase can follow "has". */
export function findLosses(markdown: string): string[] {
  const { tree } = parseMarkdown(markdown);
  const hasHtml = nodesOf(tree).some((node) => node.type === 'html');
  const hasLostLink = linksOf(tree).some(({ url }) => !keptAddress.test(url));
  return [
    ...(hasHtml ? ['raw HTML, which is removed'] : []),
    ...(hasLostLink
      ? ['a link with a scheme other than http, https, mailto or media, which is removed']
      : []),
  ];
}
