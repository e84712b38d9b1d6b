import type { Context } from '../../../context.ts';
import type { Prisma } from '../../../database/generated/client.ts';
import { type Page, toPage } from '../../../lib/page.ts';

const entry = {
  id: true,
  issueId: true,
  version: true,
  hash: true,
  publishedAt: true,
  publication: { select: { issueId: true } },
} as const satisfies Prisma.EditionSelect;

/** An edition without its document. `publication` is null unless readers see this edition. */
export type EditionEntry = Prisma.EditionGetPayload<{ select: typeof entry }>;
export type WholeEdition = EditionEntry & { document: string };

/** The editions of an issue, newest version first. The caller checks that the actor may see the issue. */
export async function listEditions(
  ctx: Context,
  issueId: string,
  { limit, after }: { limit: number; after: number | undefined },
): Promise<Page<EditionEntry, number>> {
  const rows = await ctx.db.edition.findMany({
    where: { issueId, ...(after === undefined ? {} : { version: { lt: after } }) },
    orderBy: { version: 'desc' },
    take: limit + 1,
    select: entry,
  });
  return toPage(rows, limit, (row) => row.version);
}

/** Returns null if the edition does not exist. The caller checks that the actor may see its issue. */
export function findEdition(ctx: Context, id: string): Promise<WholeEdition | null> {
  return ctx.db.edition.findUnique({ where: { id }, select: { ...entry, document: true } });
}

/** The version of the issue's last edition; 0 if it was never published. */
export async function findLastVersion(ctx: Context, issueId: string): Promise<number> {
  const last = await ctx.db.edition.findFirst({
    where: { issueId },
    orderBy: { version: 'desc' },
    select: { version: true },
  });
  return last?.version ?? 0;
}

/** When the issue was first published, even if it was withdrawn since. Null if it was never published. */
export async function findFirstPublication(ctx: Context, issueId: string): Promise<Date | null> {
  const first = await ctx.db.edition.findUnique({
    where: { issueId_version: { issueId, version: 1 } },
    select: { publishedAt: true },
  });
  return first?.publishedAt ?? null;
}

/** The SHA-256 of an edition's stored text, in hex. */
export async function readEditionHash(ctx: Context, id: string): Promise<string> {
  const { hash } = await ctx.db.edition.findUniqueOrThrow({ where: { id }, select: { hash: true } });
  return hash;
}
