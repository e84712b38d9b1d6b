import { z } from 'zod';
import type { Context } from '../../context.ts';
import { Prisma } from '../../database/generated/client.ts';
import { type Page, toPage } from '../../page.ts';
import { getMedia } from './media.ts';
import { type MediaUse, mediaUse } from './use-schemas.ts';

/** A place in the order of uses: by kind, then by id. */
export const useKey = z.strictObject({ kind: mediaUse.shape.kind, id: z.uuid() });
export type UseKey = z.infer<typeof useKey>;

type Row = {
  id: string;
  kind: MediaUse['kind'];
  issueId: string | null;
  number: number | null;
  issueTitle: string | null;
  newsletterId: string | null;
  sectionId: string | null;
  itemId: string | null;
  itemTitle: string | null;
  personId: string | null;
  personName: string | null;
};

/** Those that the actor may see: figures of issues as they stand, live editions, and people. */
export async function listUses(
  ctx: Context,
  mediaId: string,
  { limit, after }: { limit: number; after: UseKey | undefined },
): Promise<Page<MediaUse, UseKey>> {
  await getMedia(ctx, mediaId);
  const from = after ? Prisma.sql`WHERE (kind, id) > (${after.kind}, ${after.id}::uuid)` : Prisma.empty;
  const rows = await ctx.db.$queryRaw<Row[]>`
    SELECT * FROM (${usesOf(ctx, mediaId)}) AS uses ${from} ORDER BY kind, id LIMIT ${limit + 1}`;
  const { data, next } = toPage(rows, limit, ({ kind, id }) => ({ kind, id }));
  return { data: data.map(presentUse), next };
}

function usesOf({ actor }: Context, mediaId: string): Prisma.Sql {
  const isVisible = actor.newsletterIds
    ? Prisma.sql`newsletter_id = ANY (${[...actor.newsletterIds]}::uuid[])`
    : Prisma.sql`true`;
  return Prisma.sql`
    SELECT figures.id, 'draft' AS kind, issue_id AS "issueId", number, issues.title AS "issueTitle",
      newsletter_id AS "newsletterId", coalesce(figures.section_id, items.section_id) AS "sectionId",
      item_id AS "itemId", items.title AS "itemTitle", NULL::uuid AS "personId", NULL AS "personName"
    FROM figures
    JOIN issues ON issues.id = figures.issue_id
    LEFT JOIN items ON items.id = figures.item_id
    WHERE media_id = ${mediaId}::uuid AND ${isVisible}
    UNION ALL
    SELECT issue_id, 'edition', issue_id, number, title, newsletter_id, NULL, NULL, NULL, NULL, NULL
    FROM published_media JOIN publications USING (issue_id)
    WHERE media_id = ${mediaId}::uuid AND ${isVisible}
    UNION ALL
    SELECT id, 'person', NULL, NULL, NULL, NULL, NULL, NULL, NULL, id, name
    FROM people WHERE avatar_id = ${mediaId}::uuid`;
}

function presentUse(row: Row): MediaUse {
  const { kind, issueId, number, issueTitle, newsletterId, sectionId, itemId, itemTitle } = row;
  const { personId, personName } = row;
  return mediaUse.parse({
    kind,
    issue: issueId === null ? null : { id: issueId, number, title: issueTitle, newsletterId },
    sectionId,
    item: itemId === null ? null : { id: itemId, title: itemTitle },
    person: personId === null ? null : { id: personId, name: personName },
  });
}
