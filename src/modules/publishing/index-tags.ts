import type { Context } from '../../context.ts';

/** Where a live edition stands in the archive; the tables that list its parts hold it once more. */
export type ArchivePlace = { issueId: string; newsletterId: string; publishedAt: Date; number: number };

/** For the archive of a tag. */
export async function indexTags(ctx: Context, place: ArchivePlace, tags: readonly string[]): Promise<void> {
  await ctx.db.publicationTag.createMany({ data: tags.map((tag) => ({ ...place, tag })) });
}
