import type pg from 'pg';

/** The contents of the archive that `fillArchive` makes. */
export type Filled = {
  newsletter: { id: string; slug: string };
  /** A newsletter whose only three issues are older than all others. */
  dormant: { id: string; slug: string };
  /** The paper that every other issue features. */
  paperId: string;
  seldomPaperId: string;
  /** The slug of the author of all issues. */
  author: string;
  /** The slug of the author of one issue in some hundreds. */
  seldomAuthor: string;
  /** The edition of the change at this position of the large newsletter. */
  editionAt(position: number): string;
  /** A draft in the large newsletter that features the same paper and link as the others. */
  draftId: string;
};

const id = (kind: number, n: string) =>
  `('0000000${kind}-0000-0000-0000-' || lpad((${n})::text, 12, '0'))::uuid`;
const fixed = (kind: number, n: number) => `0000000${kind}-0000-0000-0000-${String(n).padStart(12, '0')}`;

/** The number of issues of the dormant newsletter. */
const DORMANT = 3;

/**
 * Publishes `count` issues in one large newsletter, an hour apart. Each has the tag `all`, one of ten other tags, a
 * common link, a common author and a second author. Every other issue features the same paper. Another third of
 * `count` is spread over small newsletters of about `average` issues, so that the statistics of the tables do not fit
 * the large newsletter. It uses SQL, because the application's functions would take a minute.
 */
export async function fillArchive(pool: pg.Pool, count: number, average: number): Promise<Filled> {
  const client = await pool.connect();
  try {
    // Skips foreign key checks. The rows are the same as the application would write.
    await client.query('BEGIN; SET LOCAL session_replication_role = replica');
    await client.query(statements(count, average));
    await client.query('COMMIT');
    await client.query('VACUUM ANALYZE');
  } finally {
    client.release();
  }
  return {
    newsletter: { id: fixed(1, 0), slug: 'large' },
    dormant: { id: fixed(1, 1), slug: 'small-1' },
    paperId: fixed(2, 1),
    seldomPaperId: fixed(2, 3),
    author: 'author-1',
    seldomAuthor: 'author-3',
    editionAt: (position) => fixed(4, position + DORMANT),
    draftId: fixed(3, count * 2),
  };
}

function statements(count: number, average: number): string {
  const others = Math.floor(count / 3 / average);
  const papers = Math.floor(count / 2 / average);
  const document = `json_build_object('number', number, 'intro', NULL, 'sections', '[]'::json)::text`;
  return `
    INSERT INTO newsletters (id, slug, title, language, time_zone)
      SELECT ${id(1, 'n')}, CASE n WHEN 0 THEN 'large' ELSE 'small-' || n END, 'A letter', 'en', 'UTC'
      FROM generate_series(0, ${others} + 1) AS n;
    INSERT INTO papers (id, title) SELECT ${id(2, 'n')}, 'A paper' FROM generate_series(1, ${papers} + 1) AS n;

    CREATE TEMP TABLE filled AS
      SELECT ${id(3, 'n')} AS issue_id, ${id(4, 'n')} AS edition_id,
        ${id(1, `CASE WHEN n <= ${DORMANT} THEN 1 WHEN n <= ${count} + ${DORMANT} THEN 0 ELSE 2 + n % ${others} END`)} AS newsletter_id,
        n::int AS number, '2000-01-01Z'::timestamptz + n % (${count} + ${DORMANT}) * interval '1 hour' AS published_at
      FROM generate_series(1, ${Math.floor((count * 4) / 3)}) AS n;
    INSERT INTO issues (id, newsletter_id, number, slug, title, status)
      SELECT issue_id, newsletter_id, number, 'issue-' || number, 'A title', 'published' FROM filled;
    INSERT INTO editions (id, issue_id, version, revision, document, summary, hash, published_at)
      SELECT edition_id, issue_id, 1, 1, ${document}, '{}', repeat('a', 64), published_at FROM filled;
    INSERT INTO publications (issue_id, edition_id, newsletter_id, number, slug, title, tags, published_at)
      SELECT issue_id, edition_id, newsletter_id, number, 'issue-' || number, 'A title', '{}', published_at FROM filled;
    INSERT INTO publication_tags (issue_id, newsletter_id, published_at, number, tag)
      SELECT issue_id, newsletter_id, published_at, number, tag
      FROM filled, unnest(ARRAY['all', 'tag-' || number % 10]) AS tag;
    INSERT INTO published_papers (issue_id, newsletter_id, published_at, number, item_id, paper_id, title, anchor)
      SELECT issue_id, newsletter_id, published_at, number, issue_id,
        ${id(2, `CASE WHEN number % 2 = 0 THEN 1 ELSE 2 + number % ${papers} END`)}, 'An item', 'an-item'
      FROM filled;
    INSERT INTO published_texts (issue_id, newsletter_id, published_at, position, item_id, anchor, year, tags, config, title, body, authors)
      SELECT issue_id, newsletter_id, published_at, position, CASE position WHEN 1 THEN issue_id END,
        CASE position WHEN 1 THEN 'an-item' END, 2000, '{}', 'english', 'An item', '', ''
      FROM filled, generate_series(0, 1) AS position;
    INSERT INTO published_links (issue_id, newsletter_id, published_at, number, position, item_id, url, title, anchor, domain)
      SELECT issue_id, newsletter_id, published_at, number, position, issue_id, url, 'An item', 'an-item', domain
      FROM filled, (VALUES (0, 'https://example.org/all', 'example.org'), (1, 'https://example.org/too', NULL))
        AS links (position, url, domain);
    INSERT INTO published_links (issue_id, newsletter_id, published_at, number, position, item_id, url, title, anchor, domain)
      SELECT issue_id, newsletter_id, published_at, number, 2, issue_id, 'https://' || host, 'An item', 'an-item', host
      FROM filled, concat('host-', number % ${papers}, '.example') AS host;
    INSERT INTO people (id, slug, name)
      SELECT ${id(7, 'n')}, 'author-' || n, 'An author' FROM generate_series(1, ${papers} + 1) AS n;
    INSERT INTO published_people (issue_id, newsletter_id, published_at, number, person_id)
      SELECT issue_id, newsletter_id, published_at, number, person_id
      FROM filled, unnest(ARRAY[${id(7, '1')}, ${id(7, `2 + number % ${papers}`)}]) AS person_id;
    INSERT INTO published_tags (issue_id, newsletter_id, published_at, number, tag, carrier_id, title, anchor)
      SELECT issue_id, newsletter_id, published_at, number, tag, carrier_id, title, anchor
      FROM filled, unnest(ARRAY['all', 'tag-' || number % 10, 'tag-of-' || number % ${papers}]) AS tag,
        LATERAL (VALUES (issue_id, NULL, NULL), (edition_id, 'An item', 'an-item')) AS carrier (carrier_id, title, anchor);
    INSERT INTO publication_changes (newsletter_id, position, type, issue_id, edition_id, version, number, slug, at)
      SELECT newsletter_id, row_number() OVER (PARTITION BY newsletter_id ORDER BY number), 'published',
        issue_id, edition_id, 1, number, 'issue-' || number, published_at
      FROM filled;
    INSERT INTO publication_logs (newsletter_id, last_position)
      SELECT newsletter_id, count(*) FROM filled GROUP BY newsletter_id;
    INSERT INTO events
      (id, type, at, actor_kind, actor_name, newsletter_id, issue_id, subject_kind, subject_id, position)
      SELECT issue_id, 'issue.published', published_at, 'system', 'test', newsletter_id, issue_id, 'issue', issue_id,
        row_number() OVER (ORDER BY published_at, issue_id)
      FROM filled;

    INSERT INTO issues (id, newsletter_id, number, slug, title)
      SELECT ${id(3, `${count} * 2`)}, ${id(1, '0')}, ${count} * 2, 'draft', 'A draft';
    INSERT INTO issues (id, newsletter_id, number, slug, title, status, scheduled_at, scheduled_local, scheduled_time_zone)
      SELECT ${id(3, 'n')}, ${id(1, '0')}, n, 'issue-' || n, 'A title', 'scheduled',
        now() + (n - ${count} * 2 - 2) * interval '1 hour', '2026-01-01T00:00', 'UTC'
      FROM generate_series(${count} * 2 + 1, ${count} * 2 + 500) AS n;
    INSERT INTO sections (id, issue_id, position, title)
      SELECT ${id(5, 'number')}, issue_id, 0, 'A section' FROM filled
      UNION ALL SELECT ${id(5, 'n')}, ${id(3, 'n')}, 0, 'A section'
      FROM generate_series(${count} * 2, ${count} * 2 + 1) AS n;
    INSERT INTO items (id, section_id, position, kind, title, body, paper_id, links)
      SELECT ${id(6, 'n')}, ${id(5, 'n')}, 0, 'paper', 'An item', 'A body.', ${id(2, '1')},
        '[{"label": "A link", "url": "https://example.org/all", "rel": "source"}]'
      FROM (
        SELECT number AS n FROM filled UNION ALL SELECT generate_series(${count} * 2, ${count} * 2 + 1)
      ) AS every;`;
}
