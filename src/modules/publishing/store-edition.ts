import { createHash } from 'node:crypto';
import type { Context } from '../../context.ts';
import type { IssueTree } from '../issues/tree/load-issue.ts';
import { domainOf } from './domain.ts';
import type { EditionDocument, PublishedItem } from './edition-schemas.ts';
import { type ArchivePlace, indexTagsAndAuthors } from './index-tags-and-authors.ts';
import { indexTexts } from './index-texts.ts';

export type ComposedEdition = { document: EditionDocument; text: string; hash: string };

export function toText(document: EditionDocument): ComposedEdition {
  const text = JSON.stringify(document);
  return { document, text, hash: createHash('sha256').update(text).digest('hex') };
}

/** Stores the edition, makes it the one that readers see, and answers with its id. */
export async function storeEdition(
  ctx: Context,
  issue: IssueTree,
  { document, text, hash }: ComposedEdition,
): Promise<string> {
  const { newsletter: _newsletter, intro: _intro, sections, signOff: _signOff, ...summary } = document;
  const items = sections.flatMap((section) => section.items);
  await keepAnchors(ctx, issue, items);
  const edition = await ctx.db.edition.create({
    data: {
      issueId: issue.id,
      version: document.edition,
      // The transition that makes it live raises the revision once more.
      revision: issue.revision + 1,
      document: text,
      summary: JSON.stringify(summary),
      hash,
      publishedAt: ctx.now,
    },
    select: { id: true },
  });
  await makeLive(ctx, issue, edition.id, document);
  if (issue.publication) await forgetIndex(ctx, issue.id);
  const place = placeOf(issue, document);
  await indexTagsAndAuthors(ctx, place, document, issue.authors);
  await indexEdition(ctx, issue, place, items);
  await indexTexts(ctx, issue, document);
  return edition.id;
}

/** From now on these addresses are out in the world. */
async function keepAnchors(ctx: Context, issue: IssueTree, items: readonly PublishedItem[]): Promise<void> {
  const isEachKept = issue.sections.every((section) => section.items.every(({ anchor }) => anchor !== null));
  if (isEachKept) return;
  const ids = items.map((item) => item.id);
  const anchors = items.map((item) => item.anchor);
  await ctx.db.$executeRaw`
    UPDATE items SET anchor = kept.anchor
    FROM unnest(${ids}::uuid[], ${anchors}::text[]) AS kept (id, anchor)
    WHERE items.id = kept.id AND items.anchor IS NULL`;
}

async function makeLive(
  ctx: Context,
  { id: issueId, newsletterId, publication }: IssueTree,
  editionId: string,
  { number, slug, title, tags, publishedAt }: EditionDocument,
): Promise<void> {
  const live = { editionId, number, slug, title, tags };
  if (publication) await ctx.db.publication.update({ where: { issueId }, data: live });
  else {
    await ctx.db.publication.create({
      data: { issueId, newsletterId, publishedAt: new Date(publishedAt), ...live },
    });
  }
}

function placeOf(issue: IssueTree, { number, publishedAt }: EditionDocument): ArchivePlace {
  const { id: issueId, newsletterId } = issue;
  return { issueId, newsletterId, number, publishedAt: new Date(publishedAt) };
}

/** What the edition before held. */
async function forgetIndex(ctx: Context, issueId: string): Promise<void> {
  await ctx.db.$executeRaw`
    WITH live AS (SELECT ${issueId}::uuid AS id),
      archived AS (DELETE FROM publication_tags WHERE issue_id = (SELECT id FROM live)),
      tags AS (DELETE FROM published_tags WHERE issue_id = (SELECT id FROM live)),
      people AS (DELETE FROM published_people WHERE issue_id = (SELECT id FROM live)),
      papers AS (DELETE FROM published_papers WHERE issue_id = (SELECT id FROM live)),
      links AS (DELETE FROM published_links WHERE issue_id = (SELECT id FROM live)),
      media AS (DELETE FROM published_media WHERE issue_id = (SELECT id FROM live))
    DELETE FROM published_texts WHERE issue_id = (SELECT id FROM live)`;
}

/** What readers see of the library: `featuredIn`, warnings and refusals to delete are answered from it. */
async function indexEdition(
  ctx: Context,
  issue: IssueTree,
  place: ArchivePlace,
  items: readonly PublishedItem[],
): Promise<void> {
  await ctx.db.publishedPaper.createMany({
    data: items.flatMap(({ id, anchor, title, paper }) =>
      paper ? [{ ...place, itemId: id, paperId: paper.id, anchor, title }] : [],
    ),
  });
  await ctx.db.publishedLink.createMany({
    data: items.flatMap(linksOf).map((link, position) => ({ ...place, position, ...link })),
  });
  const media = new Map(mediaOf(issue).map(({ id, fileId }) => [id, fileId]));
  await ctx.db.publishedMedia.createMany({
    data: [...media].map(([mediaId, fileId]) => ({ issueId: issue.id, mediaId, fileId })),
  });
}

/** Each domain with the first link that leads to it: the item features it once. */
function linksOf({ id: itemId, title, anchor, links }: PublishedItem) {
  const domains = links.map(({ url }) => domainOf(url));
  return links.map(({ url }, at) => {
    const domain = domains[at] ?? null;
    return { itemId, title, anchor, url, domain: domains.indexOf(domain) === at ? domain : null };
  });
}

function mediaOf(issue: IssueTree): { id: string; fileId: string }[] {
  const figures = [
    ...issue.figures,
    ...issue.sections.flatMap((section) => [
      ...section.figures,
      ...section.items.flatMap((item) => item.figures),
    ]),
  ];
  const avatars = issue.authors.flatMap(({ person }) => person.avatar ?? []);
  return [...figures.map((figure) => figure.media), ...avatars];
}
