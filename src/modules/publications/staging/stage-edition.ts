import { randomUUIDv7 } from 'node:crypto';
import type { Context } from '../../../context.ts';
import { yearOf } from '../../../lib/time-zone.ts';
import { type EditionContent, type EditionText, toEditionText } from '../edition/edition-content.ts';
import { searchConfigOf } from '../index/search-config.ts';
import type { SearchableText } from '../index/searchable-texts.ts';
import { type PublishedFile, usesOf } from '../index/uses-of.ts';

/** A composed edition with the data to index it by. */
export type NewEdition = {
  issueId: string;
  newsletterId: string;
  /** The state from which it was composed. This module only stores it. */
  fingerprint: string;
  /** Revision that the issue has once the edition is live. */
  revision: number;
  edition: EditionText;
  /** Authors of the issue, in order. */
  personIds: readonly string[];
  /** Media files that the edition shows or links to, in their current version. */
  files: readonly PublishedFile[];
  /** Of the items that had no anchor before. */
  newAnchors: readonly { id: string; anchor: string }[];
  /** From `searchableTexts`. */
  texts: readonly SearchableText[];
};

/**
 * Stores an edition that readers do not see yet, in place of an earlier one that was staged for the issue. Does nothing if
 * that one was composed from a later revision, or is live already.
 */
export async function stageEdition(ctx: Context, staged: NewEdition): Promise<void> {
  const { issueId, newsletterId, fingerprint, revision, edition, newAnchors, texts } = staged;
  const { document, text, hash } = edition;
  const { number, slug, title, tags, publishedAt, updatedAt } = document;
  const { language, timeZone } = document.newsletter;
  await ctx.db.$executeRaw`
    INSERT INTO staged_editions AS staged (issue_id, newsletter_id, fingerprint, edition_id, version, revision, number,
      slug, title, tags, document, summary, hash, published_at, updated_at, year, config, uses, texts)
    VALUES (${issueId}::uuid, ${newsletterId}::uuid, ${fingerprint}, ${randomUUIDv7()}::uuid, ${document.edition}::int,
      ${revision}::int, ${number}::int, ${slug}, ${title}, ${tags}::text[], ${text}, ${summaryOf(document)}, ${hash},
      ${publishedAt}::timestamptz, ${updatedAt}::timestamptz,
      ${yearOf(new Date(publishedAt), timeZone)}::int, ${searchConfigOf(language)},
      ${JSON.stringify({ ...usesOf(staged), newAnchors })}::jsonb, ${JSON.stringify(texts)}::jsonb)
    ON CONFLICT (issue_id) DO UPDATE SET
      (fingerprint, edition_id, version, revision, number, slug, title, tags, document, summary, hash, published_at,
        updated_at, year, config, uses, texts, live_at)
      = (excluded.fingerprint, excluded.edition_id, excluded.version, excluded.revision, excluded.number, excluded.slug,
        excluded.title, excluded.tags, excluded.document, excluded.summary, excluded.hash, excluded.published_at,
        excluded.updated_at, excluded.year, excluded.config, excluded.uses, excluded.texts, NULL)
    WHERE excluded.revision > staged.revision OR (excluded.revision = staged.revision AND staged.live_at IS NULL)`;
}

/** The fingerprint of the edition that is staged for the issue and not live. Null if there is none. */
export async function readStagedFingerprint(ctx: Context, issueId: string): Promise<string | null> {
  const staged = await ctx.db.stagedEdition.findFirst({
    where: { issueId, liveAt: null },
    select: { fingerprint: true },
  });
  return staged?.fingerprint ?? null;
}

/** What decides whether a staged edition can go live. `updatedAt`: the time for which it was staged. */
export type Staged = { issueId: string; fingerprint: string; updatedAt: Date };

/** Locks the editions that are staged for the issues and not live, so that no other node replaces them. */
export function lockStaged(ctx: Context, issueIds: readonly string[]): Promise<Staged[]> {
  return ctx.db.$queryRaw<Staged[]>`
    SELECT issue_id::text AS "issueId", fingerprint, updated_at AS "updatedAt" FROM staged_editions
    WHERE issue_id = ANY (${issueIds}::uuid[]) AND live_at IS NULL ORDER BY issue_id FOR UPDATE`;
}

/** Deletes editions that are staged for these issues and not live. */
export async function discardStaged(ctx: Context, issueIds: readonly string[]): Promise<void> {
  await ctx.db.stagedEdition.deleteMany({ where: { issueId: { in: [...issueIds] }, liveAt: null } });
}

/**
 * Sets the times of a staged edition to the present, by the database's clock: it goes live at another time than it was staged
 * for. Call it outside a transaction, because a long document takes a while to parse. Does nothing if the edition has been
 * replaced meanwhile.
 */
export async function restampEdition(ctx: Context, issueId: string): Promise<void> {
  const [staged] = await ctx.db.$queryRaw<
    { editionId: string; document: string; first: Date | null; now: Date }[]
  >`
    SELECT edition_id::text AS "editionId", document, clock_timestamp() AS now,
      (SELECT published_at FROM editions WHERE issue_id = staged.issue_id AND version = 1) AS first
    FROM staged_editions AS staged WHERE issue_id = ${issueId}::uuid AND live_at IS NULL`;
  if (!staged) return;
  const { document, text, hash } = toEditionText(
    stampDocument(parse(staged.document), staged.first, staged.now),
  );
  const { publishedAt, updatedAt, newsletter } = document;
  await ctx.db.$executeRaw`
    UPDATE staged_editions SET (document, summary, hash, published_at, updated_at, year)
      = (${text}, ${summaryOf(document)}, ${hash}, ${publishedAt}::timestamptz, ${updatedAt}::timestamptz,
        ${yearOf(new Date(publishedAt), newsletter.timeZone)}::int)
    WHERE issue_id = ${issueId}::uuid AND edition_id = ${staged.editionId}::uuid AND live_at IS NULL`;
}

/** Sets the times. The members keep their order, on which the hash depends. */
export function stampDocument<T extends EditionContent>(
  document: T,
  firstPublishedAt: Date | null,
  at: Date,
): T {
  return { ...document, publishedAt: (firstPublishedAt ?? at).toISOString(), updatedAt: at.toISOString() };
}

/** Not validated, because zod would put the members into another order. `stageEdition` has written it. */
function parse(text: string): EditionContent {
  return JSON.parse(text);
}

/** The entry in the archive, as JSON text: the document without its texts, its sections and its newsletter. */
function summaryOf(document: EditionContent): string {
  const {
    newsletter: _newsletter,
    intro: _intro,
    sections: _sections,
    signOff: _signOff,
    ...summary
  } = document;
  return JSON.stringify(summary);
}
