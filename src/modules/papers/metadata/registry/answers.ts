import { z } from 'zod';
import { cslItem } from '../../../../bibliography/csl/csl.ts';
import type { Context } from '../../../../context.ts';
import { keyOf } from '../../identifiers/identifier.ts';
import type { Found, Wanted } from './wanted.ts';

/** What was asked once is kept, so that an import asks nothing that its dry run asked a minute ago. */

export type KeptAnswer = Exclude<Found, { outcome: 'unavailable' }>;

/** Rows removed by one write at most: more than it adds, so that they run out. */
const SWEEP = 500;

const rows = z.array(z.object({ scheme: z.enum(['arxiv', 'doi']), value: z.string(), item: z.unknown() }));

/** A work that was found counts for a week; that there is none, for an hour, since it may be a day old. */
export async function readAnswers(ctx: Context, wanted: readonly Wanted[]): Promise<Map<string, KeptAnswer>> {
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

/** Null: kept by a Masthead that wrote items in another way; it is asked for anew. */
function readAnswer(item: unknown): KeptAnswer | null {
  if (item === null) return { outcome: 'unknown' };
  const parsed = cslItem.safeParse(item);
  return parsed.success ? { outcome: 'found', item: parsed.data } : null;
}

export async function keepAnswers(
  ctx: Context,
  answers: readonly (readonly [Wanted, KeptAnswer])[],
): Promise<void> {
  if (answers.length === 0) return;
  const given = answers.map(([{ scheme, value }, answer]) => ({
    scheme,
    value,
    item: answer.outcome === 'found' ? answer.item : null,
  }));
  // In one order everywhere, so that two writers of the same rows wait for each other but never both.
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
      ORDER BY fetched_at LIMIT ${SWEEP} FOR UPDATE SKIP LOCKED
    )`;
}
