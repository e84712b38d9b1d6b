import { type Context, inTransaction } from '../../../context.ts';

/** New words per issue that searches can suggest as corrections and completions. Each takes about 0.1 ms. */
const MAX_WORDS = 5_000;

/** Hundreds of items with long abstracts take some twenty seconds. */
const INDEXING_TIMEOUT_MS = 60_000;

/** Wakes the node's work that makes texts searchable, when an edition has gone live. */
export const TEXTS_CHANNEL = 'masthead_texts';

/**
 * Makes the texts of an issue's live edition searchable, and deletes its staged edition. Does nothing if that is done, or
 * if another node is doing it. It is not part of the transaction that publishes the issue, because it takes longer than the
 * rest of it: it parses every text and looks up every word.
 */
export async function indexTexts(ctx: Context, issueId: string): Promise<void> {
  await inTransaction(ctx, indexClaimed, INDEXING_TIMEOUT_MS);

  async function indexClaimed(ctx: Context): Promise<void> {
    await ctx.db.$executeRaw`SELECT set_config('statement_timeout', ${String(INDEXING_TIMEOUT_MS)}, true)`;
    // A statement of its own, so that the next one sees everything that the last holder of the lock has committed.
    const claimed = await ctx.db.$queryRaw<object[]>`
      SELECT 1 FROM staged_editions WHERE issue_id = ${issueId}::uuid AND live_at IS NOT NULL FOR UPDATE SKIP LOCKED`;
    if (claimed.length > 0) await moveTexts(ctx, issueId);
  }
}

/**
 * Words are inserted in order, so that two transactions of one newsletter cannot deadlock. The scalar subquery makes the
 * planner look up each word in the index; NOT EXISTS can become a join that reads all words of the newsletter.
 *
 * A node of 0.1.0 may have corrected the issue meanwhile. It has indexed its edition itself.
 */
async function moveTexts(ctx: Context, issueId: string): Promise<void> {
  await ctx.db.$executeRaw`
    WITH staged AS (
      DELETE FROM staged_editions WHERE issue_id = ${issueId}::uuid RETURNING *
    ), texts AS (
      INSERT INTO published_texts (issue_id, newsletter_id, published_at, year, config,
        position, item_id, anchor, tags, title, body, authors)
      SELECT issue_id, staged.newsletter_id, staged.published_at, staged.year, staged.config,
        position, "itemId", anchor, text.tags, text.title, body, authors
      FROM staged JOIN publications USING (issue_id, edition_id),
        jsonb_to_recordset(staged.texts) AS text (position int, "itemId" uuid, anchor text, tags text[],
          title text, body text, authors text)
      RETURNING newsletter_id, config, title, body, authors
    ), configs AS (
      INSERT INTO published_configs SELECT DISTINCT newsletter_id, config FROM texts ON CONFLICT DO NOTHING
    ), words AS (
      SELECT DISTINCT newsletter_id, lower(token) AS word
      FROM texts, search_spellings(config, concat_ws(' ', title, body, authors)) AS spelling,
        ts_parse('default', spelling)
      WHERE tokid IN (1, 2, 3, 9, 10, 11) AND length(token) BETWEEN 2 AND 40 AND token !~ 'ƻ'
      ORDER BY word
    )
    INSERT INTO published_words (newsletter_id, word)
    SELECT newsletter_id, word FROM words
    WHERE (SELECT true FROM published_words AS known
      WHERE known.newsletter_id = words.newsletter_id AND known.word = words.word) IS NULL
    ORDER BY word LIMIT ${MAX_WORDS}
    ON CONFLICT DO NOTHING`;
}

/**
 * Issues whose texts are not searchable yet, those that went live first before the others. Leaves out those that another
 * session is indexing, and `paused`.
 */
export function findIssuesToIndex(
  ctx: Context,
  paused: readonly string[],
  limit: number,
): Promise<{ issueId: string; waitingMs: number }[]> {
  return ctx.db.$queryRaw`
    SELECT issue_id::text AS "issueId", (extract(epoch FROM clock_timestamp() - live_at) * 1000)::float8 AS "waitingMs"
    FROM staged_editions WHERE live_at IS NOT NULL AND issue_id <> ALL (${paused}::uuid[])
    ORDER BY live_at LIMIT ${limit} FOR UPDATE SKIP LOCKED`;
}
