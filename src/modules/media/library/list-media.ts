import type { Context } from '../../../context.ts';
import type { Prisma } from '../../../database/generated/client.ts';
import { type ById, newestFirst, type Page, toPage } from '../../../lib/page.ts';
import { type MediaWithFile, withFileIncluded } from '../record/media-with-file.ts';

export type MediaFilter = {
  /** Each of its words must occur in the original name, the texts or the tags, also as part of a longer word. Accents do not matter. */
  q?: string | undefined;
  tag?: string | undefined;
  type?: 'image' | 'audio' | 'document' | undefined;
  /** SHA-256 of the served or of the uploaded bytes */
  sha256?: string | undefined;
  /** Not used by any draft, live edition or person */
  unused?: boolean | undefined;
  withoutAlt?: boolean | undefined;
  withoutCredit?: boolean | undefined;
  /** Bytes */
  largerThan?: number | undefined;
};

/** Lists media, newest first. `used` is the condition that a media file is in use. */
export async function listMedia(
  ctx: Context,
  { limit, after, ...filter }: ById & MediaFilter,
  used: Prisma.MediaWhereInput,
): Promise<Page<MediaWithFile, string>> {
  const { where, ...order } = newestFirst({ limit, after });
  const words = await foldWords(ctx, filter.q);
  const rows = await ctx.db.media.findMany({
    where: { AND: [where, ...conditionsOf(words, filter, used)] },
    include: withFileIncluded,
    ...order,
  });
  return toPage(rows, limit, (row) => row.id);
}

/** Without accents and in lower case, as the database generates `searchText`. */
async function foldWords(ctx: Context, q: string | undefined): Promise<string[]> {
  if (q === undefined) return [];
  const words = q.split(/\s+/).filter(Boolean);
  const rows = await ctx.db.$queryRaw<{ word: string }[]>`
    SELECT fold_text(word) AS word FROM unnest(${words}::text[]) AS word`;
  return rows.map(({ word }) => word);
}

function conditionsOf(
  words: readonly string[],
  filter: MediaFilter,
  used: Prisma.MediaWhereInput,
): Prisma.MediaWhereInput[] {
  const { tag, type, sha256, unused, withoutAlt, withoutCredit, largerThan } = filter;
  return [
    ...words.map((word) => ({ searchText: { contains: escapeLike(word) } })),
    ...(tag === undefined ? [] : [{ tags: { has: tag } }]),
    ...(type === undefined ? [] : [{ file: { mimeType: { startsWith: PREFIX_OF[type] } } }]),
    ...(sha256 === undefined ? [] : [{ file: { OR: [{ sha256 }, { sourceSha256: sha256 }] } }]),
    ...(unused === undefined ? [] : [unused ? { NOT: used } : used]),
    ...(withoutAlt === undefined ? [] : [withoutAlt ? { alt: null, file: isImage } : { alt: { not: null } }]),
    ...(withoutCredit === undefined ? [] : [{ creditText: withoutCredit ? null : { not: null } }]),
    ...(largerThan === undefined ? [] : [{ file: { size: { gt: largerThan } } }]),
  ];
}

/** Only images need an alt text. */
const isImage = { mimeType: { startsWith: 'image/' } };

const PREFIX_OF = { image: 'image/', audio: 'audio/', document: 'application/' } as const;

/** Prisma does not escape the pattern of `contains`: https://github.com/prisma/prisma/issues/19506 */
function escapeLike(word: string): string {
  return word.replaceAll(/[\\%_]/g, '\\$&');
}
