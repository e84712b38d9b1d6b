import type { ParsedQuery } from './parse-query.ts';
import type { Scope } from './scope.ts';

/** Adds a value to those of a statement, and answers with its placeholder. */
export type Bind = (value: unknown, type: string) => string;

export function bindTo(values: unknown[]): Bind {
  return (value, type) => `$${values.push(value)}::${type}`;
}

/** A configuration, and what a text of it has to match: SQL of types text and tsquery. */
export type Arm = { config: string; query: string };

export function armsOf(queries: readonly ParsedQuery[], bind: Bind): Arm[] {
  return queries.map(({ config, query }) => ({
    config: bind(config, 'text'),
    query: bind(query, 'tsquery'),
  }));
}

/** Each text is asked in its own configuration alone: what one excludes must not come back by another. */
export function matchesOf(arms: readonly Arm[], { newsletterId }: Scope, bind: Bind): string {
  const matches = arms.map(({ config, query }) => `config = ${config} AND document @@ ${query}`);
  const within = newsletterId === null ? '' : ` AND newsletter_id = ${bind(newsletterId, 'uuid')}`;
  return `(${matches.join(' OR ')})${within}`;
}
