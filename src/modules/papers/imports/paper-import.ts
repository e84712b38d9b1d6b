import type { Format } from '../../../bibliography/formats.ts';
import { countRecords } from '../../../bibliography/read-records.ts';
import type { Context } from '../../../context.ts';
import type { ImportOutcome, PaperImport, PaperImportRecord } from '../../../database/generated/client.ts';
import { DomainError, notFound } from '../../../errors.ts';
import { type ById, newestFirst, type Page, toPage } from '../../../lib/page.ts';
import type { MetadataClient } from '../metadata/metadata-client.ts';
import { claimImport, leaveImport } from './claim-import.ts';
import { storedFormat } from './import-formats.ts';
import { IMPORTS_CHANNEL } from './imports-channel.ts';
import { runImport } from './run-import.ts';

/** What was sent: the text of a file, or identifiers. */
export type ImportSource =
  | { format: Format; text: string }
  | { format: 'identifiers'; identifiers: string[] };

/** Records that one import may have. */
const MOST_RECORDS = 50_000;
/** Up to so many are done before the answer. */
const MOST_AT_ONCE = { records: 100, identifiers: 20 } as const;
/** Milliseconds for asking registries before the answer. */
const LOOK_UP_TIME = 10_000;

/**
 * Takes a source in. A small one is done when this ends, a large one is left to `importPapers` in the background;
 * so is a small one that cannot be ended now.
 */
export async function startImport(
  ctx: Context,
  client: MetadataClient,
  source: ImportSource,
  isDryRun: boolean,
): Promise<PaperImport> {
  const total = await countSource(source);
  const isLarge = total > MOST_AT_ONCE[source.format === 'identifiers' ? 'identifiers' : 'records'];
  const row = await ctx.db.paperImport.create({
    data: {
      format: source.format === 'identifiers' ? 'identifiers' : storedFormat(source.format),
      source: source.format === 'identifiers' ? JSON.stringify(source.identifiers) : source.text,
      ...{ isDryRun, total, actorId: ctx.actor.id, actorName: ctx.actor.name },
    },
  });
  const claimed = isLarge ? null : await claimImport(ctx, row.id);
  if (claimed) await workAtOnce(ctx, client, claimed);
  const started = await getImport(ctx, row.id);
  if (started.finishedAt === null) await ctx.db.$executeRaw`SELECT pg_notify(${IMPORTS_CHANNEL}, '')`;
  return started;
}

/** What it does not end is left to others at once. */
async function workAtOnce(ctx: Context, client: MetadataClient, claimed: PaperImport): Promise<void> {
  try {
    await runImport(ctx, client, claimed, AbortSignal.timeout(LOOK_UP_TIME));
  } finally {
    await leaveImport(ctx, claimed, 0);
  }
}

async function countSource(source: ImportSource): Promise<number> {
  const total =
    source.format === 'identifiers'
      ? source.identifiers.length
      : await countRecords(source.text, source.format, MOST_RECORDS);
  if (total === 0)
    throw new DomainError('invalid', 'no_records', `The body holds no record of ${source.format}.`);
  if (total > MOST_RECORDS) {
    const message = `The body holds more than ${MOST_RECORDS} records, which are the most. Send it in parts.`;
    throw new DomainError('too_large', 'too_many_records', message, { total, most: MOST_RECORDS });
  }
  return total;
}

export async function getImport(ctx: Context, id: string): Promise<PaperImport> {
  const found = await ctx.db.paperImport.findUnique({ where: { id }, omit: { source: true } });
  if (!found) throw notFound('import');
  return { ...found, source: null };
}

/** Newest first. */
export async function listImports(ctx: Context, query: ById): Promise<Page<PaperImport, string>> {
  const rows = await ctx.db.paperImport.findMany({ ...newestFirst(query), omit: { source: true } });
  return toPage(
    rows.map((row) => ({ ...row, source: null })),
    query.limit,
    (row) => row.id,
  );
}

export type RecordQuery = { limit: number; after: number | undefined; outcome: ImportOutcome | undefined };

/** In the order of the source. */
export async function listImportRecords(
  ctx: Context,
  importId: string,
  { limit, after = 0, outcome }: RecordQuery,
): Promise<Page<PaperImportRecord, number>> {
  await getImport(ctx, importId);
  const rows = await ctx.db.paperImportRecord.findMany({
    where: { importId, position: { gt: after }, ...(outcome === undefined ? {} : { outcome }) },
    orderBy: { position: 'asc' },
    take: limit + 1,
  });
  return toPage(rows, limit, (row) => row.position);
}
