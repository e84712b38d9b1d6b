import type { Context } from '../../context.ts';
import type { Change } from './changes/change-log.ts';
import type { ArchivePlace, EditionContent, EditionText, IssueAddress } from './edition/edition-content.ts';
import { clearIndex, type Listed } from './index/clear-index.ts';
import { indexItems, type PublishedFile } from './index/index-items.ts';
import { indexTagsAndPeople } from './index/index-tags-and-people.ts';
import { indexTexts } from './index/index-texts.ts';

/** A composed edition and the data to index it by. */
export type NewEdition = {
  issueId: string;
  newsletterId: string;
  /** Revision of the issue that the edition was composed from. */
  revision: number;
  edition: EditionText;
  /** Authors of the issue, in order. */
  personIds: readonly string[];
  /** Media files that the edition shows or links to, in their current version. */
  files: readonly PublishedFile[];
  /** The current public address of the issue; null if it is not published. */
  live: IssueAddress | null;
};

/** The entry for the change log, and the papers and people whose pages list the issue or listed it before the change. */
export type Outcome = { change: Change; listed: Listed };

/**
 * Stores an edition and makes it the live one, as the first edition of a publication or as a correction. The caller has
 * locked the issue's row, and passes the change to `logChange` afterwards.
 */
export async function putLive(ctx: Context, edition: NewEdition): Promise<Outcome> {
  const { issueId, newsletterId, live } = edition;
  const { document } = edition.edition;
  const editionId = await insertEdition(ctx, edition);
  await pointToEdition(ctx, edition, editionId);
  const { tags, listed } = live ? await clearIndex(ctx, issueId) : NOT_LIVE;
  const place = placeOf(edition);
  await indexTagsAndPeople(ctx, place, document, edition.personIds);
  await indexItems(ctx, place, document, edition.files);
  await indexTexts(ctx, place, document);
  return {
    change: {
      type: live ? 'corrected' : 'published',
      ...{ newsletterId, issueId },
      edition: { id: editionId, version: document.edition },
      address: document,
      publishedAt: place.publishedAt,
      tags: [...tags, ...document.tags],
      former: live && (live.number !== document.number || live.slug !== document.slug) ? live : undefined,
    },
    listed: {
      paperIds: [...new Set([...listed.paperIds, ...papersOf(document)])],
      personIds: [...new Set([...listed.personIds, ...edition.personIds])],
    },
  };
}

const NOT_LIVE = { tags: [], listed: { paperIds: [], personIds: [] } };

function papersOf({ sections }: EditionContent): string[] {
  return sections.flatMap(({ items }) => items.flatMap(({ paper }) => paper?.id ?? []));
}

async function insertEdition(ctx: Context, { issueId, revision, edition }: NewEdition): Promise<string> {
  const { document, text, hash } = edition;
  const { id } = await ctx.db.edition.create({
    data: {
      issueId,
      version: document.edition,
      revision,
      document: text,
      summary: JSON.stringify(summaryOf(document)),
      hash,
      publishedAt: ctx.now,
    },
    select: { id: true },
  });
  return id;
}

/** The entry in the archive: the document without its texts, its sections and its newsletter. */
function summaryOf(document: EditionContent): object {
  const {
    newsletter: _newsletter,
    intro: _intro,
    sections: _sections,
    signOff: _signOff,
    ...summary
  } = document;
  return summary;
}

async function pointToEdition(ctx: Context, edition: NewEdition, editionId: string): Promise<void> {
  const { issueId, newsletterId, live } = edition;
  const { number, slug, title, tags, publishedAt } = edition.edition.document;
  const data = { editionId, number, slug, title, tags };
  if (live) await ctx.db.publication.update({ where: { issueId }, data });
  else {
    await ctx.db.publication.create({
      data: { issueId, newsletterId, publishedAt: new Date(publishedAt), ...data },
    });
  }
}

function placeOf({ issueId, newsletterId, edition }: NewEdition): ArchivePlace {
  const { number, publishedAt } = edition.document;
  return { issueId, newsletterId, number, publishedAt: new Date(publishedAt) };
}
