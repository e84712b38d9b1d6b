import type { Context } from '../../../context.ts';
import type { ArchivePlace, EditionContent } from '../edition/edition-content.ts';

/** A tag of an item, or of the issue itself. `title` and `anchor` are null for a tag of the issue. */
type TagUse = { tag: string; carrierId: string; title: string | null; anchor: string | null };

/** Indexes the tags of the issue and its items, and the authors. One statement, because there are few rows of each. */
export async function indexTagsAndPeople(
  ctx: Context,
  { issueId, newsletterId, publishedAt, number }: ArchivePlace,
  document: EditionContent,
  personIds: readonly string[],
): Promise<void> {
  const uses = JSON.stringify(tagUsesOf(issueId, document));
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
    SELECT place.*, person_id FROM place, unnest(${personIds}::uuid[]) AS person_id`;
}

function tagUsesOf(issueId: string, { tags, sections }: EditionContent): TagUse[] {
  const items = sections.flatMap((section) => section.items);
  return [
    ...tags.map((tag) => ({ tag, carrierId: issueId, title: null, anchor: null })),
    ...items.flatMap(({ id, title, anchor, tags }) =>
      tags.map((tag) => ({ tag, carrierId: id, title, anchor })),
    ),
  ];
}
