import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import type { Context } from '../../../context.ts';
import { type PaperImport, Prisma } from '../../../database/generated/client.ts';
import { makeYielder } from '../../../lib/yield-to-event-loop.ts';
import type { MetadataClient } from '../metadata/metadata-client.ts';
import { ClaimLost, importBatch, OtherImportRuns } from './import-batch.ts';
import { formatOf } from './import-formats.ts';
import { type Candidate, readCandidates } from './matching/candidate.ts';
import { identifierList, readIdentifiers } from './matching/read-identifiers.ts';
import { addWorks, emptyWorks, type Works } from './matching/works.ts';

/** Records of a file per transaction */
const FILE_BATCH_SIZE = 200;
/** Identifiers that are looked up together and imported in one transaction */
const IDENTIFIER_BATCH_SIZE = 20;
/** Delay before a batch tries again to take the lock that another import holds. */
const LOCK_RETRY_DELAY_MS = 50;
/** How often a batch is repeated when other requests create the same papers at the same time */
const MAX_CONFLICTS = 5;

/**
 * Continues an import to its end, or until `signal` is aborted or another worker has claimed it. Committed batches are
 * kept.
 */
export async function runImport(
  ctx: Context,
  client: MetadataClient,
  row: PaperImport,
  signal: AbortSignal,
): Promise<void> {
  try {
    await runBatches({ ...ctx, actor: actorOf(row) }, client, row, signal);
  } catch (error) {
    if (!(error instanceof ClaimLost)) throw error;
  }
}

async function runBatches(
  ctx: Context,
  client: MetadataClient,
  row: PaperImport,
  signal: AbortSignal,
): Promise<void> {
  const planned = emptyWorks();
  for await (const batch of batchesOf(ctx, client, row, signal)) {
    if (signal.aborted) return;
    const made = await importWithoutConflict(ctx, row, batch, planned, signal);
    if (made === null) return;
    // After a real batch, its papers are found in the database.
    if (row.isDryRun) addWorks(planned, made);
  }
  if (!signal.aborted) await finish(ctx, row);
}

/** Events name the actor that started the import. */
function actorOf({ actorId: id, actorName: name }: PaperImport): Context['actor'] {
  return { kind: id === null ? 'system' : 'key', id, name, role: 'author', newsletterIds: null };
}

async function* batchesOf(
  ctx: Context,
  client: MetadataClient,
  { source, format, done }: PaperImport,
  signal: AbortSignal,
): AsyncGenerator<Candidate[]> {
  const file = formatOf(format);
  if (file === null) yield* identifierBatches(ctx, client, source ?? '[]', done, signal);
  else yield* fileBatches(readCandidates(source ?? '', file), done);
}

async function* fileBatches(
  candidates: Iterable<Candidate | null>,
  done: number,
): AsyncGenerator<Candidate[]> {
  const yieldIfDue = makeYielder();
  let batch: Candidate[] = [];
  for (const candidate of candidates) {
    await yieldIfDue();
    if (candidate === null || candidate.position <= done) continue;
    batch.push(candidate);
    if (batch.length < FILE_BATCH_SIZE) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

async function* identifierBatches(
  ctx: Context,
  client: MetadataClient,
  source: string,
  done: number,
  signal: AbortSignal,
): AsyncGenerator<Candidate[]> {
  const spelled = identifierList.parse(JSON.parse(source));
  for (let start = done; start < spelled.length && !signal.aborted; start += IDENTIFIER_BATCH_SIZE) {
    yield await readIdentifiers(
      ctx,
      client,
      spelled.slice(start, start + IDENTIFIER_BATCH_SIZE),
      start,
      signal,
    );
  }
}

/**
 * Repeats a batch after a conflict: it then matches the paper that another request has created. Returns null if `signal`
 * is aborted first.
 */
async function importWithoutConflict(
  ctx: Context,
  row: PaperImport,
  batch: readonly Candidate[],
  planned: Works,
  signal: AbortSignal,
): Promise<Works | null> {
  for (let conflicts = 0; !signal.aborted; ) {
    try {
      return await importBatch(ctx, row, batch, planned);
    } catch (error) {
      if (error instanceof OtherImportRuns) await delay(LOCK_RETRY_DELAY_MS);
      else if (isConflict(error) && conflicts < MAX_CONFLICTS) conflicts += 1;
      else throw error;
    }
  }
  return null;
}

/** Reads the PostgreSQL error code. The code of Prisma differs between its queries and raw SQL. */
const driverConflict = z.object({
  driverAdapterError: z.object({
    cause: z.object({ kind: z.enum(['UniqueConstraintViolation', 'TransactionWriteConflict']) }),
  }),
});

/** A unique violation or a deadlock. */
function isConflict(error: unknown): boolean {
  return (
    error instanceof Prisma.PrismaClientKnownRequestError && driverConflict.safeParse(error.meta).success
  );
}

async function finish(ctx: Context, { id, claim }: PaperImport): Promise<void> {
  await ctx.db.$executeRaw`
    UPDATE paper_imports
    SET status = 'finished', finished_at = clock_timestamp(), source = NULL, leased_until = NULL
    WHERE id = ${id}::uuid AND claim = ${claim} AND finished_at IS NULL`;
}
