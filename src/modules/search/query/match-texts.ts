import type { ParsedQuery } from './parse-query.ts';
import type { Scope } from './scope.ts';

/** Adds a value to the parameters of a statement and returns its placeholder. */
export type Bind = (value: unknown, type: string) => string;

export function bindTo(values: unknown[]): Bind {
  return (value, type) => `$${values.push(value)}::${type}`;
}

/** SQL expressions: a text search configuration (text), and the query for its texts (tsquery). */
export type ConfigQuery = { config: string; query: string };

export function bindQueries(queries: readonly ParsedQuery[], bind: Bind): ConfigQuery[] {
  return queries.map(({ config, query }) => ({
    config: bind(config, 'text'),
    query: bind(query, 'tsquery'),
  }));
}

/** Matches each text only in its own configuration. Otherwise a word excluded in one could match in another. */
export function matchCondition(
  configQueries: readonly ConfigQuery[],
  { newsletterId }: Scope,
  bind: Bind,
): string {
  const matches = configQueries.map(({ config, query }) => `config = ${config} AND document @@ ${query}`);
  const within = newsletterId === null ? '' : ` AND newsletter_id = ${bind(newsletterId, 'uuid')}`;
  return `(${matches.join(' OR ')})${within}`;
}
