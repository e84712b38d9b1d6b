import type { Context } from '../../../context.ts';
import { Prisma } from '../../../database/generated/client.ts';
import { type Page, toPage } from '../../../lib/page.ts';
import { type MediaUse, type MediaUseKey, mediaUse } from '../../media/record/media-use-schemas.ts';

/** `use` is what the API returns. */
type Row = MediaUseKey & { use: unknown };

/** Reads the uses that the actor may see: figures in the drafts of issues, live editions, and people. */
export async function readMediaUses(
  ctx: Context,
  mediaId: string,
  { limit, after }: { limit: number; after: MediaUseKey | undefined },
): Promise<Page<MediaUse, MediaUseKey>> {
  const from = after ? Prisma.sql`WHERE (rank, id) > (${after.rank}, ${after.id}::uuid)` : Prisma.empty;
  const rows = await ctx.db.$queryRaw<Row[]>`
    SELECT * FROM (${allUses(ctx, mediaId)}) AS uses ${from} ORDER BY rank, id LIMIT ${limit + 1}`;
  const { data, next } = toPage(rows, limit, ({ rank, id }) => ({ rank, id }));
  return { data: data.map(toUse), next };
}

/** Reads the figures in the drafts of issues for which `condition` is true. */
export async function readUsesInIssues(
  ctx: Context,
  mediaId: string,
  condition: Prisma.Sql,
  limit: number,
): Promise<MediaUse[]> {
  const rows = await ctx.db.$queryRaw<Row[]>`
    ${usesInIssues(ctx, mediaId)} AND ${condition} ORDER BY figures.id LIMIT ${limit}`;
  return rows.map(toUse);
}

function allUses(ctx: Context, mediaId: string): Prisma.Sql {
  return Prisma.sql`
    ${usesInIssues(ctx, mediaId)}
    UNION ALL
    SELECT 2, issue_id, json_build_object(
      'kind', 'edition', 'id', issue_id, 'number', number, 'title', title, 'newsletterId', newsletter_id)
    FROM published_media JOIN publications USING (issue_id)
    WHERE media_id = ${mediaId}::uuid AND ${isVisible(ctx)}
    UNION ALL
    SELECT 3, id, json_build_object('kind', 'person', 'id', id, 'name', name)
    FROM people WHERE avatar_id = ${mediaId}::uuid`;
}

function usesInIssues(ctx: Context, mediaId: string): Prisma.Sql {
  return Prisma.sql`
    SELECT 1 AS rank, figures.id, json_build_object(
      'kind', 'issue', 'id', issue_id, 'number', number, 'title', issues.title, 'newsletterId', newsletter_id,
      'sectionId', coalesce(figures.section_id, items.section_id),
      'item', CASE WHEN items.id IS NOT NULL THEN json_build_object('id', items.id, 'title', items.title) END
    ) AS use
    FROM figures
    JOIN issues ON issues.id = figures.issue_id
    LEFT JOIN items ON items.id = figures.item_id
    WHERE media_id = ${mediaId}::uuid AND ${isVisible(ctx)}`;
}

function isVisible({ actor }: Context): Prisma.Sql {
  if (!actor.newsletterIds) return Prisma.sql`true`;
  return Prisma.sql`newsletter_id = ANY (${[...actor.newsletterIds]}::uuid[])`;
}

function toUse({ use }: Row): MediaUse {
  return mediaUse.parse(use);
}
