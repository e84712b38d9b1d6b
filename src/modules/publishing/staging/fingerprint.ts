import type { Context } from '../../../context.ts';
import { findPaperIdsOfIssues } from '../../issues/uses/paper-uses.ts';
import { lockPapersForShare } from '../../papers/library/lock-papers.ts';

/** What an edition of an issue was composed from. */
type Fingerprinted = { issueId: string; fingerprint: string };

/**
 * The ids of the issues whose fingerprints are the same as when their editions were composed. The caller has locked the
 * issues. Also locks their papers until the commit: a transaction that changes the status of a paper waits for it, so it sees
 * the new edition and logs the change for its readers.
 */
export async function findUnchanged(ctx: Context, composed: readonly Fingerprinted[]): Promise<Set<string>> {
  if (composed.length === 0) return new Set();
  const ids = composed.map(({ issueId }) => issueId);
  await lockPapersForShare(ctx, await findPaperIdsOfIssues(ctx, ids));
  const current = await readFingerprints(ctx, ids);
  return new Set(ids.filter((id, index) => current.get(id) === composed[index]?.fingerprint));
}

/**
 * For each issue that exists, a hash of the revisions of everything that its edition is composed from: the issue with its
 * tree, its newsletter, authors, papers and media files.
 */
export async function readFingerprints(
  ctx: Context,
  issueIds: readonly string[],
): Promise<Map<string, string>> {
  const rows = await ctx.db.$queryRaw<{ id: string; fingerprint: string }[]>`
    SELECT issues.id::text, encode(sha256(concat_ws(' ', issues.revision, newsletters.revision,
        (SELECT string_agg(concat_ws(' ', people.id, people.revision, avatars.revision), ' ' ORDER BY people.id)
          FROM issue_authors JOIN people ON people.id = person_id LEFT JOIN media AS avatars ON avatars.id = avatar_id
          WHERE issue_id = issues.id),
        (SELECT string_agg(concat_ws(' ', papers.id, papers.revision), ' ' ORDER BY papers.id)
          FROM papers WHERE id = ANY (ARRAY (
            SELECT paper_id FROM sections JOIN items ON section_id = sections.id WHERE issue_id = issues.id))),
        (SELECT string_agg(concat_ws(' ', media.id, media.revision), ' ' ORDER BY media.id)
          FROM media WHERE id = ANY (ARRAY (SELECT media_id FROM figures WHERE issue_id = issues.id)))
      )::bytea), 'hex') AS fingerprint
    FROM issues JOIN newsletters ON newsletters.id = newsletter_id
    WHERE issues.id = ANY (${issueIds}::uuid[])`;
  return new Map(rows.map(({ id, fingerprint }) => [id, fingerprint]));
}
