import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import type { Context } from '../../../context.ts';
import { type PaperImport, Prisma } from '../../../database/generated/client.ts';
import { DomainError } from '../../../errors.ts';
import { makeYielder } from '../../../lib/yield-to-event-loop.ts';
import type { MetadataClient } from '../metadata/metadata-client.ts';
import { ClaimLost, importBatch, OthersImport } from './import-batch.ts';
import { formatOf } from './import-formats.ts';
import { type Candidate, readCandidates } from './matching/candidate.ts';
import { identifierList, readIdentifiers } from './matching/read-identifiers.ts';
import { addWorks, noWorks, type Works } from './matching/works.ts';

/** Records of one transaction. */
const BATCH = 200;
/** Identifiers that are looked up at once. */
const LOOK_UP = 20;
/** Milliseconds until we ask again whether it is our turn. */
const TURN = 50;
/** Times that a batch is done anew because somebody else made the same papers meanwhile. */
const MOST_CONFLICTS = 5;

/**
 * Works on an import from where it stands to its end, or until `signal` is aborted or another has claimed it; what is
 * done stays done.
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
  const planned = noWorks();
  for await (const batch of batchesOf(ctx, client, row, signal)) {
    if (signal.aborted) return;
    const made = await importWithoutConflict(ctx, row, batch, planned, signal);
    if (made === null) return;
    // What is made is found in the library from now on.
    if (row.isDryRun) addWorks(planned, made);
  }
  if (!signal.aborted) await finish(ctx, row);
}

/** Events name who handed the source in. */
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

async function* fileBatches(candidates: Iterable<Candidate>, done: number): AsyncGenerator<Candidate[]> {
  const yieldIfDue = makeYielder();
  let batch: Candidate[] = [];
  for (const candidate of candidates) {
    await yieldIfDue();
    if (candidate.position <= done) continue;
    batch.push(candidate);
    if (batch.length < BATCH) continue;
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
  for (let start = done; start < spelled.length && !signal.aborted; start += LOOK_UP) {
    yield await readIdentifiers(ctx, client, spelled.slice(start, start + LOOK_UP), start, signal);
  }
}

/**
 * A paper that was made between our look for it and our making it is matched by the second look. Null: aborted while
 * others imported.
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
      if (error instanceof OthersImport) await delay(TURN);
      else if (isConflict(error) && conflicts < MOST_CONFLICTS) conflicts += 1;
      else throw error;
    }
  }
  return null;
}

/** Of statements past Prisma it tells what the driver said of the error. */
const driverConflict = z.object({
  driverAdapterError: z.object({
    cause: z.object({ kind: z.enum(['UniqueConstraintViolation', 'TransactionWriteConflict']) }),
  }),
});

/** P2002: unique constraint. P2034: deadlock. */
function isConflict(error: unknown): boolean {
  if (error instanceof DomainError) return error.code === 'identifier_taken';
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return false;
  return ['P2002', 'P2034'].includes(error.code) || driverConflict.safeParse(error.meta).success;
}

async function finish(ctx: Context, { id, claim }: PaperImport): Promise<void> {
  await ctx.db.$executeRaw`
    UPDATE paper_imports
    SET status = 'finished', finished_at = clock_timestamp(), source = NULL, leased_until = NULL
    WHERE id = ${id}::uuid AND claim = ${claim} AND finished_at IS NULL`;
}
