import type { Context } from '../../../context.ts';
import type { Fault } from '../../../errors.ts';
import { isImageType } from '../files/file-types.ts';

/** What keeps media from being figures, covers or avatars, by id. Those that can be are not in it. */
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
  if (mimeType === undefined) return { code: 'unknown_media', message: 'there is no such media' };
  if (isImageType(mimeType)) return null;
  return {
    code: 'not_an_image',
    message: `is of type ${mimeType}, which can be linked to and not shown`,
    remedy: 'Name an image here; a text can link to this one, as in [words](media:<id>).',
  };
}
