import type { Context } from '../../../context.ts';
import { type PaperRow, withIdentifiers } from '../record/present.ts';

/** The number of papers that one request to arXiv can look up */
const BATCH_SIZE = 50;
/** The delay before the next look-up of a paper triples with each try, up to a day. */
const FIRST_DELAY_SECONDS = 600;
const MAX_DELAY_SECONDS = 86_400;
/** About ten days in total, because registries receive new works late. */
const MAX_TRIES = 15;

/**
 * Claims incomplete papers that are due. No other node claims them until the delay is over. The revision stays the same,
 * because the API does not show the change. The clock is read in a subquery, because a condition with the volatile
 * `clock_timestamp()` cannot use the index.
 */
export async function claimDuePapers(ctx: Context): Promise<PaperRow[]> {
  const claimed = await ctx.db.$queryRaw<{ id: string }[]>`
    UPDATE papers SET complete_tries = complete_tries + 1,
      complete_at = CASE WHEN complete_tries + 1 < ${MAX_TRIES} THEN clock_timestamp()
        + least(${FIRST_DELAY_SECONDS} * 3.0 ^ least(complete_tries, 10), ${MAX_DELAY_SECONDS}) * interval '1 second' END
    WHERE id = ANY (ARRAY (
      SELECT id FROM papers WHERE complete_at <= (SELECT clock_timestamp())
      ORDER BY complete_at LIMIT ${BATCH_SIZE} FOR NO KEY UPDATE SKIP LOCKED
    ))
    RETURNING id::text`;
  const ids = claimed.map(({ id }) => id);
  return ctx.db.paper.findMany({ where: { id: { in: ids } }, include: withIdentifiers });
}

/** Returns null if no paper will be due. */
export async function msUntilNextPaper(ctx: Context): Promise<number | null> {
  const [next] = await ctx.db.$queryRaw<{ wait: number | null }[]>`
    SELECT ceil(extract(epoch FROM complete_at - clock_timestamp()) * 1000)::float8 AS wait
    FROM papers WHERE complete_at IS NOT NULL ORDER BY complete_at LIMIT 1`;
  return next?.wait ?? null;
}
