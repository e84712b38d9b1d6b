import type { Context } from '../../../context.ts';
import { type PaperRow, withIdentifiers } from '../record/present.ts';

/** Papers that are looked up together: what one request to arXiv can ask for. */
const AT_ONCE = 50;
/** Seconds until a paper is asked for again, three times as long after each try and a day at most. */
const FIRST_PAUSE = 600;
const LONGEST_PAUSE = 86_400;
/** Some ten days in all: registries know new works late. */
const MOST_TRIES = 15;

/**
 * Takes incomplete papers that are due. Until the pause is over they are left to whoever took them. The clock is read
 * once, so that an index can be searched by it.
 */
export async function claimDuePapers(ctx: Context): Promise<PaperRow[]> {
  const claimed = await ctx.db.$queryRaw<{ id: string }[]>`
    UPDATE papers SET complete_tries = complete_tries + 1,
      complete_at = CASE WHEN complete_tries + 1 < ${MOST_TRIES} THEN clock_timestamp()
        + least(${FIRST_PAUSE} * 3.0 ^ least(complete_tries, 10), ${LONGEST_PAUSE}) * interval '1 second' END
    WHERE id = ANY (ARRAY (
      SELECT id FROM papers WHERE complete_at <= (SELECT clock_timestamp())
      ORDER BY complete_at LIMIT ${AT_ONCE} FOR NO KEY UPDATE SKIP LOCKED
    ))
    RETURNING id::text`;
  const ids = claimed.map(({ id }) => id);
  return ctx.db.paper.findMany({ where: { id: { in: ids } }, include: withIdentifiers });
}

/** Null: none is due again. */
export async function millisecondsToNextPaper(ctx: Context): Promise<number | null> {
  const [next] = await ctx.db.$queryRaw<{ wait: number | null }[]>`
    SELECT ceil(extract(epoch FROM complete_at - clock_timestamp()) * 1000)::float8 AS wait
    FROM papers WHERE complete_at IS NOT NULL ORDER BY complete_at LIMIT 1`;
  return next?.wait ?? null;
}
