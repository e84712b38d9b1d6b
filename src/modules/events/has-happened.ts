import type { Context } from '../../context.ts';
import type { EventType } from './types.ts';

/** Whether any event of the type was ever recorded. */
export async function hasHappened(ctx: Context, type: EventType): Promise<boolean> {
  return (await ctx.db.event.findFirst({ where: { type }, select: { id: true } })) !== null;
}
