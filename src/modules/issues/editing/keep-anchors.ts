import type { Context } from '../../../context.ts';

/** Items that have no anchor get theirs. An anchor that was published never changes, so that links to it stay good. */
export async function keepAnchors(
  ctx: Context,
  items: readonly { id: string; anchor: string }[],
): Promise<void> {
  const ids = items.map(({ id }) => id);
  const anchors = items.map(({ anchor }) => anchor);
  await ctx.db.$executeRaw`
    UPDATE items SET anchor = kept.anchor
    FROM unnest(${ids}::uuid[], ${anchors}::text[]) AS kept (id, anchor)
    WHERE items.id = kept.id AND items.anchor IS NULL`;
}
