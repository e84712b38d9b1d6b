import type { Format } from '../../../bibliography/formats.ts';
import { countRecords } from '../../../bibliography/read-records.ts';
import type { Context } from '../../../context.ts';
import type { ImportOutcome, PaperImport, PaperImportRecord } from '../../../database/generated/client.ts';
import { DomainError, notFound } from '../../../errors.ts';
import { type ById, newestFirst, type Page, toPage } from '../../../lib/page.ts';
import type { MetadataClient } from '../metadata/metadata-client.ts';
import { claimImport, releaseImport } from './claim-import.ts';
import { storedFormat } from './import-formats.ts';
import { IMPORTS_CHANNEL } from './imports-channel.ts';
import { runImport } from './run-import.ts';

/** The source of an import: the text of a file, or identifiers */
export type ImportSource =
  | { format: Format; text: string }
  | { format: 'identifiers'; identifiers: string[] };

/** Per import */
const MAX_RECORDS = 50_000;
/** Imports up to this size finish before the response is sent. */
const MAX_IMMEDIATE = { records: 100, identifiers: 20 } as const;
/** For look-ups of identifiers before the response is sent. */
const LOOK_UP_TIMEOUT_MS = 10_000;

/**
 * Starts an import. A small one has usually finished when this returns. A large one, or a small one that cannot finish
 * now, is continued by `importPapers` in the background.
 */
export async function startImport(
  ctx: Context,
  client: MetadataClient,
  source: ImportSource,
  isDryRun: boolean,
): Promise<PaperImport> {
  const total = await countSource(source);
  const isLarge = total > MAX_IMMEDIATE[source.format === 'identifiers' ? 'identifiers' : 'records'];
  const row = await ctx.db.paperImport.create({
    data: {
      format: source.format === 'identifiers' ? 'identifiers' : storedFormat(source.format),
      source: source.format === 'identifiers' ? JSON.stringify(source.identifiers) : source.text,
      ...{ isDryRun, total, actorId: ctx.actor.id, actorName: ctx.actor.name },
    },
  });
  const claimed = isLarge ? null : await claimImport(ctx, row.id);
  if (claimed) await runImmediately(ctx, client, claimed);
  const started = await getImport(ctx, row.id);
  if (started.finishedAt === null) await ctx.db.$executeRaw`SELECT pg_notify(${IMPORTS_CHANNEL}, '')`;
  return started;
}

/** Releases the import afterwards, so that the background task can continue it at once. */
async function runImmediately(ctx: Context, client: MetadataClient, claimed: PaperImport): Promise<void> {
  try {
    await runImport(ctx, client, claimed, AbortSignal.timeout(LOOK_UP_TIMEOUT_MS));
  } finally {
    await releaseImport(ctx, claimed, 0);
  }
}

async function countSource(source: ImportSource): Promise<number> {
  const total =
    source.format === 'identifiers'
      ? source.identifiers.length
      : await countRecords(source.text, source.format, MAX_RECORDS);
  if (total === 0)
    throw new DomainError(
      'invalid',
      'no_records',
      `The body contains no record in the format ${source.format}.`,
    );
  if (total > MAX_RECORDS) {
    const message = `The body contains more than ${MAX_RECORDS} records; send it in several parts.`;
    throw new DomainError('too_large', 'too_many_records', message, { total, most: MAX_RECORDS });
  }
  return total;
}

export async function getImport(ctx: Context, id: string): Promise<PaperImport> {
  const found = await ctx.db.paperImport.findUnique({ where: { id }, omit: { source: true } });
  if (!found) throw notFound('import');
  return { ...found, source: null };
}

/** Lists imports, newest first. */
export async function listImports(ctx: Context, query: ById): Promise<Page<PaperImport, string>> {
  const rows = await ctx.db.paperImport.findMany({ ...newestFirst(query), omit: { source: true } });
  return toPage(
    rows.map((row) => ({ ...row, source: null })),
    query.limit,
    (row) => row.id,
  );
}

export type RecordQuery = { limit: number; after: number | undefined; outcome: ImportOutcome | undefined };

/** Lists processed records in the order of the source. */
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
