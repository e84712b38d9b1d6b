import type { Context } from '../../../context.ts';
import type { MediaFile } from '../../../database/generated/client.ts';
import { formatsOf } from './plan-renditions.ts';
import { notifyOfRenditions } from './renditions-channel.ts';

/**
 * Has what is missing of a file's renderings made, in the background, once the transaction is committed. A node
 * that is at it finds the file due again when it is done.
 */
export async function requestRenditions(ctx: Context, file: MediaFile): Promise<void> {
  if (formatsOf(file).length === 0) return;
  await ctx.db.mediaFile.update({
    where: { id: file.id },
    data: { renditionsDueAt: ctx.now, renditionsTries: 0 },
  });
  await notifyOfRenditions(ctx);
}
