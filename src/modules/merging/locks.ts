import type { Context } from '../../context.ts';
import { Prisma } from '../../database/generated/client.ts';
import { DomainError } from '../../errors.ts';

/** Those whose draft or live edition has one of the papers. */
export async function lockIssuesWith(ctx: Context, paperIds: readonly string[]): Promise<Set<string>> {
  const rows = await ctx.db.$queryRaw<{ id: string }[]>`
    SELECT id FROM issues WHERE id = ANY (ARRAY (${issuesWith(paperIds)})) ORDER BY id FOR NO KEY UPDATE`;
  return new Set(rows.map(({ id }) => id));
}

function issuesWith(paperIds: readonly string[]): Prisma.Sql {
  return Prisma.sql`
    ${draftsWith(paperIds)}
    UNION SELECT issue_id FROM published_papers WHERE paper_id = ANY(${paperIds}::uuid[])`;
}

/** Arrays, where joins would do: by them the planner looks rows up, however many it thinks there are. */
export function draftsWith(paperIds: readonly string[]): Prisma.Sql {
  return Prisma.sql`
    SELECT issue_id FROM sections WHERE id = ANY (ARRAY (
      SELECT section_id FROM items WHERE paper_id = ANY(${paperIds}::uuid[])))`;
}

/** Also against new uses, whose foreign key would wait. */
export async function lockPapers(ctx: Context, ids: readonly string[]): Promise<void> {
  await ctx.db.$queryRaw`SELECT 1 FROM papers WHERE id = ANY(${ids}::uuid[]) ORDER BY id FOR UPDATE`;
}

/** A use that was made between the two locks. */
export async function requireSameIssues(
  ctx: Context,
  paperIds: readonly string[],
  locked: ReadonlySet<string>,
): Promise<void> {
  const rows = await ctx.db.$queryRaw<
    { id: string }[]
  >`SELECT issue_id AS id FROM (${issuesWith(paperIds)}) AS found`;
  if (rows.every(({ id }) => locked.has(id))) return;
  throw new DomainError(
    'conflict',
    'changed_meanwhile',
    'Another change came between; read again and repeat.',
  );
}
