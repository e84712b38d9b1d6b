import { timestampAsText } from '../../lib/timestamp-as-text.ts';

/**
 * SQL that builds a use as JSON, in the shape of `use` in use-schemas.ts. The query must give a row of a table of uses,
 * such as `published_papers`, the alias `use`. `item` is the SQL that builds the item.
 */
export function useAsJson(item: string): string {
  return `json_build_object(
    'newsletter', (SELECT json_build_object('slug', slug, 'title', title) FROM newsletters WHERE id = use.newsletter_id),
    'issue', (
      SELECT json_build_object('number', number, 'slug', slug, 'title', title,
        'publishedAt', ${timestampAsText('published_at')})
      FROM publications WHERE issue_id = use.issue_id
    ),
    'item', ${item})`;
}

/** SQL that builds the item of such a row. `idColumn` names the column with the item's id. */
export function itemAsJson(idColumn: string): string {
  return `json_build_object('id', use.${idColumn}, 'title', use.title, 'anchor', use.anchor)`;
}
