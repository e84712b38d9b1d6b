import type { Context } from '../../../context.ts';
import type { Fault } from '../../../errors.ts';
import { isImageType } from '../files/file-types.ts';

/** Faults by media id: why a media file cannot be a figure, cover or avatar. Ids without a fault are not in the map. */
export async function findImageFaults(
  ctx: Context,
  ids: readonly string[],
): Promise<Map<string, Omit<Fault, 'pointer'>>> {
  if (ids.length === 0) return new Map();
  const rows = await ctx.db.media.findMany({
    where: { id: { in: [...new Set(ids)] } },
    select: { id: true, file: { select: { mimeType: true } } },
  });
  const types = new Map(rows.map(({ id, file }) => [id, file.mimeType]));
  return new Map(
    ids.flatMap((id) => {
      const fault = faultOf(types.get(id));
      return fault ? [[id, fault]] : [];
    }),
  );
}

function faultOf(mimeType: string | undefined): Omit<Fault, 'pointer'> | null {
  if (mimeType === undefined)
    return { code: 'unknown_media', message: 'refers to a media file that does not exist' };
  if (isImageType(mimeType)) return null;
  return {
    code: 'not_an_image',
    message: `refers to a file of type ${mimeType}, which cannot be shown as an image`,
    remedy: 'Use an image here. To offer this file for download, link to it in a text: [label](media:<id>).',
  };
}
