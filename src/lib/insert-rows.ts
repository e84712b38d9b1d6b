import { Prisma } from '../database/generated/client.ts';

/** The columns of each table, as Prisma names them. All rows of a call must have the same columns. */
type RowOf = {
  events: Required<Omit<Prisma.EventCreateManyInput, 'position'>>;
  paper_identifiers: Required<Prisma.PaperIdentifierCreateManyInput>;
  paper_import_records: Required<Prisma.PaperImportRecordCreateManyInput>;
  papers: Required<Omit<Prisma.PaperCreateManyInput, 'revision'>>;
};

type Database = { $executeRaw(query: Prisma.Sql): Promise<number> };

/**
 * Inserts rows with one statement that has one parameter. Prisma's `createMany` has a parameter for each value and
 * compiles its query on every call. With hundreds of rows, this compilation takes half of the time of a large import and
 * blocks the event loop.
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
