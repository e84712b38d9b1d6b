import type { Context } from '../../../context.ts';

/**
 * Stores the anchors that the staged editions of the issues give to items that have none yet. A published anchor never
 * changes, so that links to it keep working.
 */
export async function storeAnchors(ctx: Context, issueIds: readonly string[]): Promise<void> {
  await ctx.db.$executeRaw`
    UPDATE items SET anchor = assigned.anchor
    FROM staged_editions, jsonb_to_recordset(uses -> 'newAnchors') AS assigned (id uuid, anchor text)
    WHERE staged_editions.issue_id = ANY (${issueIds}::uuid[]) AND items.id = assigned.id AND items.anchor IS NULL`;
}
