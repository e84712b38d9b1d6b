import type { Context } from '../../../context.ts';
import type { ArchivePlace, ContentItem, EditionContent } from '../edition/edition-content.ts';
import { domainOf } from './domain.ts';

export type PublishedFile = { mediaId: string; fileId: string };

/**
 * Indexes the uses of papers, links and files. This index serves the warnings about repeated papers and links, the check
 * before a paper or a media file is deleted, and the list of a paper's uses.
 */
export async function indexItems(
  ctx: Context,
  place: ArchivePlace,
  { sections }: EditionContent,
  files: readonly PublishedFile[],
): Promise<void> {
  const items = sections.flatMap((section) => section.items);
  await ctx.db.publishedPaper.createMany({
    data: items.flatMap(({ id, anchor, title, paper }) =>
      paper ? [{ ...place, itemId: id, paperId: paper.id, anchor, title }] : [],
    ),
  });
  await ctx.db.publishedLink.createMany({
    data: items.flatMap(linksOf).map((link, position) => ({ ...place, position, ...link })),
  });
  const fileByMedia = new Map(files.map(({ mediaId, fileId }) => [mediaId, fileId]));
  await ctx.db.publishedMedia.createMany({
    data: [...fileByMedia].map(([mediaId, fileId]) => ({ issueId: place.issueId, mediaId, fileId })),
  });
}

/** Only the first link of an item to a domain stores the domain, so that the item counts as one use of it. */
function linksOf({ id: itemId, title, anchor, links }: ContentItem) {
  const domains = links.map(({ url }) => domainOf(url));
  return links.map(({ url }, at) => {
    const domain = domains[at] ?? null;
    return { itemId, title, anchor, url, domain: domains.indexOf(domain) === at ? domain : null };
  });
}
