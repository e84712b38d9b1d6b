import { z } from 'zod';
import { cslItem } from '../../../../bibliography/csl/csl.ts';
import type { Context } from '../../../../context.ts';
import { keyOf } from '../../identifiers/identifier.ts';
import type { LookUpAnswer, RegistryIdentifier } from './registry-identifier.ts';

/** Caches answers, so that an import does not repeat the look-ups of its dry run. */

export type StoredAnswer = Exclude<LookUpAnswer, { outcome: 'unavailable' }>;

/** Each write removes up to this many expired rows. It is more than a write adds, so expired rows do not pile up. */
const SWEEP_LIMIT = 500;

const rows = z.array(z.object({ scheme: z.enum(['arxiv', 'doi']), value: z.string(), item: z.unknown() }));

/** A found work is cached for a week. A missing one is cached for an hour, because new works are registered late. */
export async function readAnswers(
  ctx: Context,
  wanted: readonly RegistryIdentifier[],
): Promise<Map<string, StoredAnswer>> {
  const kept = await ctx.db.$queryRaw`
    SELECT scheme, value, item
    FROM metadata_answers
    JOIN unnest(${wanted.map(({ scheme }) => scheme)}::text[], ${wanted.map(({ value }) => value)}::text[])
      AS wanted (scheme, value) USING (scheme, value)
    WHERE fetched_at > now() - CASE WHEN item IS NULL THEN interval '1 hour' ELSE interval '7 days' END`;
  return new Map(
    rows.parse(kept).flatMap(({ item, ...asked }) => {
      const answer = readAnswer(item);
      return answer ? [[keyOf(asked), answer]] : [];
    }),
  );
}

/** Returns null if another version of Masthead stored the item in a different shape. The work is then looked up again. */
function readAnswer(item: unknown): StoredAnswer | null {
  if (item === null) return { outcome: 'unknown' };
  const parsed = cslItem.safeParse(item);
  return parsed.success ? { outcome: 'found', item: parsed.data } : null;
}

export async function storeAnswers(
  ctx: Context,
  answers: readonly (readonly [RegistryIdentifier, StoredAnswer])[],
): Promise<void> {
  if (answers.length === 0) return;
  const given = answers.map(([{ scheme, value }, answer]) => ({
    scheme,
    value,
    item: answer.outcome === 'found' ? answer.item : null,
  }));
  // Always in the same order, so that two writers of the same rows cannot deadlock.
  await ctx.db.$executeRaw`
    INSERT INTO metadata_answers (scheme, value, item, fetched_at)
    SELECT scheme, value, item, now()
    FROM jsonb_to_recordset(${JSON.stringify(given)}::jsonb) AS given (scheme text, value text, item jsonb)
    ORDER BY scheme, value
    ON CONFLICT (scheme, value) DO UPDATE SET item = excluded.item, fetched_at = excluded.fetched_at`;
  await sweep(ctx);
}

async function sweep(ctx: Context): Promise<void> {
  await ctx.db.$executeRaw`
    DELETE FROM metadata_answers
    WHERE (scheme, value) IN (
      SELECT scheme, value FROM metadata_answers WHERE fetched_at < now() - interval '7 days'
      ORDER BY fetched_at LIMIT ${SWEEP_LIMIT} FOR UPDATE SKIP LOCKED
    )`;
}
