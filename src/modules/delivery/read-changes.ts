import type pg from 'pg';
import { DomainError } from '../../errors.ts';
import { withMembers } from '../../lib/json-text.ts';
import { toPage } from '../../lib/page.ts';
import { keysOfScope } from '../../prepared/cache-keys.ts';
import { type NextPage, type PreparedResponse, prepareResponse } from '../../prepared/prepared-response.ts';
import { resolveMediaAddresses } from '../publishing/editions/media-address.ts';
import type { ChangeKey, ChangePart } from './change-schemas.ts';
import { paperStatusesAsJson } from './paper-statuses-as-json.ts';

export const MAX_CHANGES = 100;

/** A client that follows the changes asks for new ones, so a CDN must not answer with an old page. */
const CACHE_CONTROL = 'public, max-age=0, s-maxage=0, must-revalidate';

export type ChangesQuery = {
  limit: number;
  after: ChangeKey | undefined;
  include: readonly ChangePart[] | undefined;
};

/** Every row has the newsletter. If the log has no later entry, there is one row, which has only the newsletter. */
type Row = { newsletterId: string; isKnown: boolean } & (Entry | { type: null });
type Entry = {
  type: 'published' | 'corrected' | 'withdrawn' | 'paper_status';
  position: number;
  issueId: string;
  editionId: string;
  version: number;
  number: number;
  slug: string;
  formerNumber: number | null;
  formerSlug: string | null;
  at: Date;
  /** JSON text. This and the next member are null unless readers see the edition now. */
  summary: string | null;
  document: string | null;
  paperStatuses: string | null;
};

/** Reads the changes after a position in the log, in commit order. Returns null if the newsletter does not exist. */
export async function readChanges(
  pool: pg.Pool,
  newsletterSlug: string,
  { limit, after, include }: ChangesQuery,
  publicUrl: string,
  nextPageOf: (key: ChangeKey) => NextPage,
): Promise<PreparedResponse | null> {
  const { rows } = await pool.query<Row>({
    ...(include ? WITH_DOCUMENTS : WITH_SUMMARIES),
    values: [newsletterSlug, limit + 1, after?.position ?? 0, after?.edition ?? null],
  });
  const [first] = rows;
  if (!first) return null;
  const { newsletterId, isKnown } = first;
  if (!isKnown || (after && after.newsletter !== newsletterId)) throw unknownCursor();
  const entries = rows.filter((row) => row.type !== null);
  const { data, next } = toPage(entries, limit, () => true);
  const last = data.at(-1);
  const key = last
    ? { newsletter: newsletterId, position: last.position, edition: last.editionId }
    : (after ?? { newsletter: newsletterId, position: 0, edition: null });
  const { cursor, address } = nextPageOf(key);
  const isLast = next === null;
  const changes = data.map((entry) => resolveMediaAddresses(present(entry, include), publicUrl));
  return prepareResponse({
    body: `{"data":[${changes.join(',')}],"page":${JSON.stringify({ next: cursor, isLast })}}`,
    keys: keysOfScope(newsletterId),
    next: isLast ? undefined : address,
    cacheControl: CACHE_CONTROL,
  });
}

function unknownCursor(): DomainError {
  const message = 'belongs to another newsletter or to changes that are no longer in the log';
  const remedy = 'Omit the cursor and rebuild your copy from the first change.';
  return new DomainError('malformed', 'unknown_cursor', `The cursor ${message}. ${remedy}`, {
    faults: [{ pointer: '/cursor', code: 'unknown_cursor', message, in: 'query', remedy }],
  });
}

/** Returns JSON text. An edition that was replaced or withdrawn has no content. */
function present(entry: Entry, include: ChangesQuery['include']): string {
  const { type, at, issueId: id, number, slug, version: edition, summary, document } = entry;
  const { formerNumber, formerSlug, paperStatuses } = entry;
  const formerAddress = formerNumber === null ? null : { number: formerNumber, slug: formerSlug };
  const isCurrent = summary !== null;
  const head = { type, at, issue: { id, number, slug }, formerAddress, edition, isCurrent };
  return withMembers(JSON.stringify(head), {
    paperStatuses: isCurrent ? paperStatuses : null,
    summary,
    document: include ? document : undefined,
  });
}

/** A position fits in a float8 exactly: it stays far below 2^53. */
function statementWith(document: string): string {
  return `
    SELECT newsletters.id AS "newsletterId",
      $3::bigint = 0 OR EXISTS (
        SELECT FROM publication_changes
        WHERE newsletter_id = newsletters.id AND position = $3::bigint AND edition_id = $4::uuid
      ) AS "isKnown",
      changes.*
    FROM newsletters LEFT JOIN LATERAL (
      SELECT log.type, log.position::float8 AS position, log.issue_id AS "issueId",
        log.edition_id AS "editionId", log.version, log.number, log.slug,
        log.former_number AS "formerNumber", log.former_slug AS "formerSlug", log.at,
        ${ofLiveEdition('summary')} AS summary, ${document} AS document,
        ${paperStatusesAsJson('log.issue_id')} AS "paperStatuses"
      FROM (
        SELECT * FROM publication_changes
        WHERE newsletter_id = newsletters.id AND position > $3::bigint
        ORDER BY position LIMIT ${MAX_CHANGES + 1}
      ) AS log LIMIT $2::int
    ) AS changes ON true
    WHERE newsletters.slug = $1
    ORDER BY changes.position`;
}

/** Joins `publications`, so it finds only editions that readers see now. */
function ofLiveEdition(column: 'summary' | 'document'): string {
  return `(
    SELECT editions.${column} FROM publications AS live JOIN editions ON editions.id = live.edition_id
    WHERE live.edition_id = log.edition_id)`;
}

const WITH_SUMMARIES = { name: 'read changes', text: statementWith('NULL::text') };
const WITH_DOCUMENTS = {
  name: 'read changes with documents',
  text: statementWith(ofLiveEdition('document')),
};
