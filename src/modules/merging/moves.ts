import type { Context } from '../../context.ts';

export async function moveIdentifiers(ctx: Context, id: string, from: readonly string[]): Promise<void> {
  await ctx.db.$executeRaw`
    UPDATE paper_identifiers SET paper_id = ${id}::uuid, position = moved.position
    FROM (
      SELECT scheme, value, (SELECT coalesce(max(position) + 1, 0) FROM paper_identifiers WHERE paper_id = ${id}::uuid)
        + row_number() OVER (ORDER BY array_position(${from}::uuid[], paper_id), position) - 1 AS position
      FROM paper_identifiers WHERE paper_id = ANY(${from}::uuid[])
    ) AS moved
    WHERE paper_identifiers.scheme = moved.scheme AND paper_identifiers.value = moved.value`;
  await ctx.db.mergedPaper.updateMany({ where: { paperId: { in: [...from] } }, data: { paperId: id } });
  await ctx.db.mergedPaper.createMany({
    data: from.map((old) => ({ id: old, paperId: id, mergedAt: ctx.now })),
  });
}
