import type pg from 'pg';

/** What a search covers. */
export type Scope = {
  /** Null means all newsletters. */
  newsletterId: string | null;
  /** The text search configurations of the published texts in scope. */
  configs: readonly string[];
};

/** Returns null if the newsletter does not exist. */
export async function findScope(client: pg.ClientBase, newsletterSlug: string | null): Promise<Scope | null> {
  const { rows } = await client.query<Scope>(
    newsletterSlug === null
      ? { name: 'find scope of all', text: SCOPE_OF_ALL }
      : { name: 'find scope of newsletter', text: SCOPE_OF_NEWSLETTER, values: [newsletterSlug] },
  );
  return rows[0] ?? null;
}

const SCOPE_OF_ALL = `
  SELECT NULL AS "newsletterId", ARRAY(SELECT DISTINCT config FROM published_configs ORDER BY config) AS configs`;

const SCOPE_OF_NEWSLETTER = `
  SELECT id AS "newsletterId",
    ARRAY(SELECT config FROM published_configs WHERE newsletter_id = newsletters.id ORDER BY config) AS configs
  FROM newsletters WHERE slug = $1`;
