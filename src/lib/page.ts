/** A page of a keyset-paginated list. `next` is the key of its last row, or null on the last page. */
export type Page<Row, Key> = { data: Row[]; next: Key | null };

/** `rows` must have been read with a limit of `limit + 1`, which shows whether there is another page. */
export function toPage<Row, Key>(rows: Row[], limit: number, keyOf: (row: Row) => Key): Page<Row, Key> {
  const data = rows.slice(0, limit);
  const last = data.at(-1);
  return { data, next: rows.length > limit && last !== undefined ? keyOf(last) : null };
}

export type ById = { limit: number; after: string | undefined };

/** Prisma arguments for a list in descending order of id, with one row more than the page. */
export function newestFirst({ limit, after }: ById) {
  const where = after === undefined ? {} : { id: { lt: after } };
  return { where, orderBy: { id: 'desc' }, take: limit + 1 } as const;
}
