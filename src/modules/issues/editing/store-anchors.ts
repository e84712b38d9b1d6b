import type { Context } from '../../../context.ts';

/** Stores the anchors of items that have none yet. A published anchor never changes, so that links to it keep working. */
export async function storeAnchors(
  ctx: Context,
  items: readonly { id: string; anchor: string }[],
): Promise<void> {
  const ids = items.map(({ id }) => id);
  const anchors = items.map(({ anchor }) => anchor);
  await ctx.db.$executeRaw`
    UPDATE items SET anchor = published.anchor
    FROM unnest(${ids}::uuid[], ${anchors}::text[]) AS published (id, anchor)
    WHERE items.id = published.id AND items.anchor IS NULL`;
}
