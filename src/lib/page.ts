/** A stretch of a list in keyset order: `next` is the key of its last entry, or null at the end. */
export type Page<Row, Key> = { data: Row[]; next: Key | null };

/** `rows` were read with one more than `limit`, to know whether there is more. */
export function toPage<Row, Key>(rows: Row[], limit: number, keyOf: (row: Row) => Key): Page<Row, Key> {
  const data = rows.slice(0, limit);
  const last = data.at(-1);
  return { data, next: rows.length > limit && last !== undefined ? keyOf(last) : null };
}

export type ById = { limit: number; after: string | undefined };

/** The query of a list by id, newest first, with one row more than the page. */
export function newestFirst({ limit, after }: ById) {
  const where = after === undefined ? {} : { id: { lt: after } };
  return { where, orderBy: { id: 'desc' }, take: limit + 1 } as const;
}
