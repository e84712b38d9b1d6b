import type { Context } from '../../context.ts';
import type { IssueTree } from '../issues/tree/load-issue.ts';
import type { EditionDocument } from './edition-schemas.ts';

/** Where a live edition stands in the archive; the tables that list its parts hold it once more. */
export type ArchivePlace = { issueId: string; newsletterId: string; publishedAt: Date; number: number };

/** A tag of an item, or of the issue itself: then there is neither title nor anchor. */
type TagUse = { tag: string; carrierId: string; title: string | null; anchor: string | null };

/** For the archive of a tag, and for the uses of tags and people: in one statement, as there are few rows of each. */
export async function indexTagsAndAuthors(
  ctx: Context,
  { issueId, newsletterId, publishedAt, number }: ArchivePlace,
  document: EditionDocument,
  authors: IssueTree['authors'],
): Promise<void> {
  const uses = JSON.stringify(tagUsesOf(document));
  const people = authors.map(({ personId }) => personId);
  await ctx.db.$executeRaw`
    WITH place (issue_id, newsletter_id, published_at, number) AS (
      VALUES (${issueId}::uuid, ${newsletterId}::uuid, ${publishedAt}::timestamptz, ${number}::int)
    ), uses AS (
      INSERT INTO published_tags (issue_id, newsletter_id, published_at, number, tag, carrier_id, title, anchor)
      SELECT place.*, tag, "carrierId", title, anchor
      FROM place, jsonb_to_recordset(${uses}::jsonb) AS use (tag text, "carrierId" uuid, title text, anchor text)
    ), archived AS (
      INSERT INTO publication_tags (issue_id, newsletter_id, published_at, number, tag)
      SELECT place.*, tag FROM place, unnest(${document.tags}::text[]) AS tag
    )
    INSERT INTO published_people (issue_id, newsletter_id, published_at, number, person_id)
    SELECT place.*, person_id FROM place, unnest(${people}::uuid[]) AS person_id`;
}

function tagUsesOf({ id, tags, sections }: EditionDocument): TagUse[] {
  const items = sections.flatMap((section) => section.items);
  return [
    ...tags.map((tag) => ({ tag, carrierId: id, title: null, anchor: null })),
    ...items.flatMap((item) =>
      item.tags.map((tag) => ({ tag, carrierId: item.id, title: item.title, anchor: item.anchor })),
    ),
  ];
}
