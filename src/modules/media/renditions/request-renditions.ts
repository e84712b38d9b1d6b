import type { Context } from '../../../context.ts';
import type { MediaFile } from '../../../database/generated/client.ts';
import { formatsOf } from './plan-renditions.ts';
import { notifyOfRenditions } from './renditions-channel.ts';

/**
 * Enqueues the missing renditions of a file for rendering after the commit. A node that is rendering the file at the
 * moment sees afterwards that it is due again.
 */
export async function requestRenditions(ctx: Context, file: MediaFile): Promise<void> {
  if (formatsOf(file).length === 0) return;
  await ctx.db.mediaFile.update({
    where: { id: file.id },
    data: { renditionsDueAt: ctx.now, renditionsTries: 0 },
  });
  await notifyOfRenditions(ctx);
}
