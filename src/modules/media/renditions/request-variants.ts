import type { Context } from '../../../context.ts';
import type { MediaFile } from '../../../database/generated/client.ts';
import { formatsOf } from './plan-variants.ts';
import { notifyOfVariants } from './variants-channel.ts';

/**
 * Has what is missing of a file's renderings made, in the background, once the transaction is committed. A node
 * that is at it finds the file due again when it is done.
 */
export async function requestVariants(ctx: Context, file: MediaFile): Promise<void> {
  if (formatsOf(file).length === 0) return;
  await ctx.db.mediaFile.update({
    where: { id: file.id },
    data: { variantsDueAt: ctx.now, variantsTries: 0 },
  });
  await notifyOfVariants(ctx);
}
