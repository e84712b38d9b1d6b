import type { FastifyInstance } from 'fastify';
import type pg from 'pg';

const CITATIONS = ['apa', 'ieee', 'chicago', 'bibtex', 'ris', 'csl-json'];

/** Every public address of a database, also of pages that answer with a refusal. */
export async function listPublicAddresses(pool: pg.Pool): Promise<string[]> {
  const read = async (sql: string) =>
    (await pool.query<{ value: string }>(sql)).rows.map(({ value }) => encodeURIComponent(value));
  const lists = await Promise.all(
    (await read('SELECT slug AS value FROM newsletters ORDER BY slug')).map((slug) =>
      ofNewsletter(pool, slug),
    ),
  );
  const papers = await read('SELECT id::text AS value FROM papers UNION SELECT id::text FROM merged_papers');
  const people = await read('SELECT slug AS value FROM people');
  const tags = await read('SELECT DISTINCT tag AS value FROM publication_tags');
  const domains = await read('SELECT DISTINCT domain AS value FROM published_links');
  const files = await read(
    'SELECT file_name AS value FROM media_files UNION SELECT file_name FROM media_renditions',
  );
  return [
    '/content/v1/newsletters',
    '/content/v1/newsletters?limit=1',
    '/content/v1/sitemap.xml',
    ...searches('/content/v1'),
    ...lists.flat(),
    ...papers.flatMap((id) => ofPaper(id)),
    ...people.map((slug) => `/content/v1/people/${slug}/uses`),
    ...tags.map((tag) => `/content/v1/tags/${tag}/uses`),
    ...domains.map((domain) => `/content/v1/domains/${domain}/uses`),
    ...files.flatMap((name) =>
      ['', '?w=320', '?w=40&h=20&fit=crop'].map((query) => `/media/${name}${query}`),
    ),
  ];
}

async function ofNewsletter(pool: pg.Pool, slug: string): Promise<string[]> {
  const base = `/content/v1/newsletters/${slug}`;
  const issues = await pool.query<{ number: number; slug: string; anchors: string[] }>(
    `SELECT issues.number, issues.slug, ARRAY(
       SELECT items.anchor FROM items JOIN sections ON sections.id = section_id
       WHERE sections.issue_id = issues.id AND items.anchor IS NOT NULL) AS anchors
     FROM issues JOIN newsletters ON newsletters.id = newsletter_id WHERE newsletters.slug = $1
     ORDER BY issues.number`,
    [decodeURIComponent(slug)],
  );
  const keys = ['latest', ...issues.rows.flatMap((issue) => [String(issue.number), issue.slug])];
  return [
    base,
    `${base}?include=latestIssue`,
    ...[
      '',
      '?limit=1',
      '?limit=20&include=intro,sections,signOff',
      '?fields=slug,title',
      '?year=2022',
      '?tag=vision',
    ].map((query) => `${base}/issues${query}`),
    ...['', '?limit=1', '?include=document'].map((query) => `${base}/changes${query}`),
    ...['rss', 'atom', 'json'].flatMap((format) => [
      `${base}/feed.${format}`,
      `${base}/feed.${format}?tag=vision`,
    ]),
    `${base}/sitemap.xml`,
    ...searches(base),
    ...keys.flatMap((key) => ofIssue(`${base}/issues/${encodeURIComponent(key)}`)),
    ...issues.rows.flatMap(({ number, anchors }) =>
      anchors.map((anchor) => `${base}/issues/${number}/items/${encodeURIComponent(anchor)}/citation`),
    ),
  ];
}

function ofIssue(base: string): string[] {
  return [
    base,
    `${base}/json-ld`,
    `${base}/papers`,
    ...CITATIONS.flatMap((format) => [
      `${base}/papers?format=${format}`,
      `${base}/citation?format=${format}`,
    ]),
  ];
}

function ofPaper(id: string): string[] {
  const base = `/content/v1/papers/${id}`;
  return [base, `${base}/uses`, ...CITATIONS.map((format) => `${base}?format=${format}`)];
}

function searches(base: string): string[] {
  return [
    ...['transformer', 'transfromer', '"masked autoencoders"', 'note -paper'].map(
      (q) => `${base}/search?q=${encodeURIComponent(q)}`,
    ),
    ...['papers', 'people', 'tags', 'domains'].map(
      (kind) => `${base}/most-featured?kind=${kind}&period=${new Date().getUTCFullYear()}`,
    ),
  ];
}

export type Reply = { status: number; headers: Record<string, unknown>; body: string };

/** Everything of a response but the time at which it was sent. */
export async function readAll(
  app: FastifyInstance,
  addresses: readonly string[],
): Promise<Map<string, Reply>> {
  const replies = new Map<string, Reply>();
  for (const url of addresses) {
    const { statusCode: status, headers, rawPayload } = await app.inject({ url });
    const { date: _, ...lasting } = headers;
    replies.set(url, { status, headers: lasting, body: rawPayload.toString('base64') });
  }
  return replies;
}

/** The path patterns of the OpenAPI document that no address with a good answer matches. */
export function findUncovered(patterns: readonly string[], replies: ReadonlyMap<string, Reply>): string[] {
  const good = [...replies]
    .filter(([, { status }]) => status === 200)
    .map(([url]) => url.split('?')[0] ?? '');
  return patterns.filter((pattern) => {
    const parts = pattern.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+');
    return !good.some((path) => new RegExp(`^${parts}$`).test(path));
  });
}
