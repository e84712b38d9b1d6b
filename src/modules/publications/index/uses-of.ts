import type { ContentItem, EditionContent } from '../edition/edition-content.ts';
import { domainOf } from './domain.ts';

export type PublishedFile = { mediaId: string; fileId: string };

type Indexed = {
  issueId: string;
  edition: { document: EditionContent };
  personIds: readonly string[];
  files: readonly PublishedFile[];
};

/**
 * What an edition uses, as `putLive` reads it: rows for the index tables. The index serves the pages of papers, people,
 * tags and domains, the warnings about repeated papers and links, and the checks before something is deleted.
 */
export function usesOf({ issueId, edition: { document }, personIds, files }: Indexed) {
  const items = document.sections.flatMap((section) => section.items);
  const fileByMedia = new Map(files.map(({ mediaId, fileId }) => [mediaId, fileId]));
  return {
    papers: items.flatMap(({ id, anchor, title, paper }, index) =>
      paper ? [{ itemId: id, paperId: paper.id, anchor, title, position: index + 1 }] : [],
    ),
    links: items.flatMap(linksOf).map((link, position) => ({ position, ...link })),
    tags: [
      ...document.tags.map((tag) => ({ tag, carrierId: issueId, title: null, anchor: null })),
      ...items.flatMap(({ id, title, anchor, tags }) =>
        tags.map((tag) => ({ tag, carrierId: id, title, anchor })),
      ),
    ],
    personIds,
    files: [...fileByMedia].map(([mediaId, fileId]) => ({ mediaId, fileId })),
  };
}

/** Only the first link of an item to a domain stores the domain, so that the item counts as one use of it. */
function linksOf({ id: itemId, title, anchor, links }: ContentItem) {
  const domains = links.map(({ url }) => domainOf(url));
  return links.map(({ url }, at) => {
    const domain = domains[at] ?? null;
    return { itemId, title, anchor, url, domain: domains.indexOf(domain) === at ? domain : null };
  });
}
