import { Prisma } from '../database/generated/client.ts';

/** What a row is made of, by the names of Prisma's fields; a column that is left out is left out of all rows. */
type RowOf = {
  events: Required<Omit<Prisma.EventCreateManyInput, 'position'>>;
  paper_identifiers: Required<Prisma.PaperIdentifierCreateManyInput>;
  paper_import_records: Required<Prisma.PaperImportRecordCreateManyInput>;
  papers: Required<Omit<Prisma.PaperCreateManyInput, 'revision'>>;
};

type Database = { $executeRaw(query: Prisma.Sql): Promise<number> };

/**
 * Many rows by one statement of one parameter. A `createMany` of hundreds has a parameter for each value, and Prisma
 * compiles it anew each time: that takes half of the time of a large import, and lets no request through meanwhile.
 */
export async function insertRows<T extends keyof RowOf>(
  db: Database,
  table: T,
  rows: readonly RowOf[T][],
): Promise<void> {
  const [first] = rows;
  if (first === undefined) return;
  const names = Object.keys(first);
  const columns = Prisma.raw(names.map(columnOf).join(', '));
  const name = Prisma.raw(table);
  await db.$executeRaw(Prisma.sql`
    INSERT INTO ${name} (${columns})
    SELECT ${columns} FROM json_populate_recordset(NULL::${name}, ${toJson(rows)}::json)`);
}

function toJson(rows: readonly object[]): string {
  return JSON.stringify(
    rows.map((row) =>
      Object.fromEntries(Object.entries(row).map(([name, value]) => [columnOf(name), value])),
    ),
  );
}

function columnOf(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
