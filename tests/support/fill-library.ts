import type pg from 'pg';

/** The contents of the library that `fillLibrary` makes. */
export type FilledLibrary = {
  /** A paper with an average number of uses, and the values by which it is found. */
  paper: { id: string; arxivId: string; doi: string; title: string; workKey: string };
  /** The paper that every other issue features. */
  landmarkId: string;
  /** A paper with as many uses as `paper`. */
  duplicateId: string;
  /** A paper that no issue features. */
  unusedId: string;
  /** The old id of a paper that was merged into `paper`. */
  mergedId: string;
  /** The identifiers of `count` papers, starting with `paper`. */
  identifiersOf(count: number): { scheme: 'arxiv' | 'doi'; value: string }[];
  workKeysOf(count: number): string[];
};

export type Statistics = 'fresh' | 'none' | 'of a small library';

const id = (kind: number, n: string) =>
  `('0000000${kind}-0000-7000-8000-' || lpad((${n})::text, 12, '0'))::uuid`;
const fixed = (kind: number, n: number) => `0000000${kind}-0000-7000-8000-${String(n).padStart(12, '0')}`;

const USES_OF_ISSUE = 20;
const SMALL = 100;
const TABLES = [
  ...['papers', 'paper_identifiers', 'merged_papers', 'paper_imports', 'newsletters', 'issues', 'sections'],
  ...['items', 'editions', 'publications', 'published_papers'],
];

/**
 * Stores papers with two identifiers each. Every hundredth is incomplete and every fiftieth has the same title. Issues
 * feature each paper about twice, and the landmark paper in addition. It uses SQL, because the application's functions
 * would take minutes.
 */
export async function fillLibrary(
  pool: pg.Pool,
  papers: number,
  statistics: Statistics,
): Promise<FilledLibrary> {
  const client = await pool.connect();
  try {
    await client.query(
      TABLES.map((table) => `ALTER TABLE ${table} SET (autovacuum_enabled = off)`).join(';'),
    );
    await client.query('BEGIN; SET LOCAL session_replication_role = replica');
    await client.query(paperStatements(1, SMALL));
    await client.query(issueStatements(1, SMALL / 10, papers));
    if (statistics === 'of a small library') await client.query('ANALYZE');
    await client.query(paperStatements(SMALL + 1, papers + 1));
    await client.query(issueStatements(SMALL / 10 + 1, papers / 10, papers));
    await client.query(onceStatements());
    await client.query('COMMIT');
    if (statistics === 'fresh') await client.query('VACUUM ANALYZE');
  } finally {
    client.release();
  }
  const numbers = (count: number) => Array.from({ length: count }, (_, at) => FIRST + at);
  return {
    paper: {
      id: fixed(2, FIRST),
      ...{ arxivId: arxivId(FIRST), doi: `10.5555/${FIRST}` },
      ...{ title: `Paper ${FIRST}`, workKey: `paper${FIRST}` },
    },
    landmarkId: fixed(2, 1),
    duplicateId: fixed(2, FIRST + 1),
    unusedId: fixed(2, papers + 1),
    mergedId: fixed(3, 1),
    identifiersOf: (count) =>
      numbers(count).flatMap((n) => [
        { scheme: 'arxiv' as const, value: arxivId(n) },
        { scheme: 'doi' as const, value: `10.5555/${n}` },
      ]),
    workKeysOf: (count) => ['editorial', ...numbers(count - 1).map((n) => `paper${n}`)],
  };
}

/** The number of the first paper without a special role. */
const FIRST = 1_001;

function arxivId(n: number): string {
  return `2201.${String(n).padStart(5, '0')}`;
}

function paperStatements(from: number, to: number): string {
  const range = `generate_series(${from}, ${to}) AS n`;
  const title = (common: string, prefix: string) =>
    `CASE n % 50 WHEN 0 THEN '${common}' ELSE '${prefix}' || n END`;
  return `
    INSERT INTO papers (id, title, work_key, authors, year, abstract, incomplete, complete_at)
      SELECT ${id(2, 'n')}, ${title('Editorial', 'Paper ')}, ${title('editorial', 'paper')},
        '[{"name": "Ada Lovelace"}]', 2022, repeat(md5(n::text), 20), n % 100 = 0,
        CASE n % 100 WHEN 0 THEN now() + (n - 3000) * interval '1 minute' END
      FROM ${range};
    INSERT INTO paper_identifiers (scheme, value, paper_id, position)
      SELECT 'arxiv'::identifier_scheme, '2201.' || lpad(n::text, 5, '0'), ${id(2, 'n')}, 0 FROM ${range}
      UNION ALL SELECT 'doi', '10.5555/' || n, ${id(2, 'n')}, 1 FROM ${range};`;
}

/** Numbers each use by its issue and its position in the issue. */
function issueStatements(from: number, to: number, papers: number): string {
  const issues = `generate_series(${from}, ${to}) AS n`;
  const uses = `${issues}, generate_series(0, ${USES_OF_ISSUE - 1}) AS place`;
  const use = `n * ${USES_OF_ISSUE} + place`;
  const featured = `CASE WHEN place = 0 AND n % 2 = 0 THEN 1 ELSE 2 + (${use}) % (${papers} - 2) END`;
  const at = `'2000-01-01Z'::timestamptz + n * interval '1 hour'`;
  return `
    INSERT INTO issues (id, newsletter_id, number, slug, title, status)
      SELECT ${id(4, 'n')}, ${id(1, '1')}, n, 'issue-' || n, 'A title', 'published' FROM ${issues};
    INSERT INTO sections (id, issue_id, position, title, intro)
      SELECT ${id(5, 'n')}, ${id(4, 'n')}, 0, 'A section', repeat(md5(n::text), 20) FROM ${issues};
    INSERT INTO items (id, section_id, position, kind, title, body, paper_id)
      SELECT ${id(6, use)}, ${id(5, 'n')}, place, 'paper', 'An item', 'A body.', ${id(2, featured)} FROM ${uses};
    INSERT INTO editions (id, issue_id, version, revision, document, summary, hash, published_at)
      SELECT ${id(7, 'n')}, ${id(4, 'n')}, 1, 1, repeat(md5(n::text), 30), '{}', repeat('a', 64), ${at} FROM ${issues};
    INSERT INTO publications (issue_id, edition_id, newsletter_id, number, slug, title, tags, published_at)
      SELECT ${id(4, 'n')}, ${id(7, 'n')}, ${id(1, '1')}, n, 'issue-' || n, 'A title', '{}', ${at} FROM ${issues};
    INSERT INTO published_papers (issue_id, newsletter_id, published_at, number, item_id, paper_id, title, anchor)
      SELECT ${id(4, 'n')}, ${id(1, '1')}, ${at}, n, ${id(6, use)}, ${id(2, featured)}, 'An item', 'item-' || place
      FROM ${uses};`;
}

/** Inserts the newsletter, merged papers, and imports of which one is still open. */
function onceStatements(): string {
  return `
    INSERT INTO newsletters (id, slug, title, language, time_zone)
      VALUES (${id(1, '1')}, 'large', 'A letter', 'en', 'UTC');
    INSERT INTO merged_papers (id, paper_id, merged_at)
      SELECT ${id(3, 'n')}, ${id(2, `${FIRST} + n - 1`)}, now() FROM generate_series(1, 5000) AS n;
    INSERT INTO paper_imports (id, format, is_dry_run, source, status, total, actor_name, finished_at)
      SELECT ${id(8, 'n')}, 'identifiers'::import_format, false, NULL, 'finished'::import_status, 0, 'test', now()
      FROM generate_series(1, 3000) AS n
      UNION ALL SELECT ${id(8, '0')}, 'identifiers', false, '[]', 'queued', 0, 'test', NULL;`;
}
