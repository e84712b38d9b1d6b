import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { readSources } from './read-imports.ts';
import { findAccesses, readTables, toTables } from './read-tables.ts';
import { findTableFaults } from './table-rules.ts';

const root = path.resolve(import.meta.dirname, '../..');

test('every module reads and writes only the tables that it may', async () => {
  const sources = await readSources(path.join(root, 'src'));
  const tables = await readTables(path.join(root, 'prisma/schema'));

  expect(findAccesses(sources, tables).length).toBeGreaterThan(200);
  expect(findTableFaults(sources, tables)).toEqual([]);
});

const tables = toTables(
  new Map([
    ['papers.prisma', 'model Paper {\n  items Item[]\n\n  @@map("papers")\n}\n'],
    ['issues.prisma', 'model Item {\n  paper Paper?\n\n  @@map("items")\n}\n'],
    ['publications.prisma', 'model PublishedPaper {\n  id String\n\n  @@map("published_papers")\n}\n'],
  ]),
);

describe('findTableFaults', () => {
  test.each([
    [
      'a write by Prisma',
      'modules/issues/item.ts',
      'await ctx.db.paper.update({ where: { id }, data });',
      'modules/issues/item.ts uses papers (paper.update()): only papers writes it.',
    ],
    [
      'a write by a client of another name, over two lines',
      'modules/issues/item.ts',
      'await db\n  .paper\n  .createMany({ data });',
      'modules/issues/item.ts uses papers (paper.createMany()): only papers writes it.',
    ],
    [
      'a write through a relation',
      'modules/issues/item.ts',
      'data: { paper: { create: { title } } }',
      'modules/issues/item.ts uses papers (paper: { create }): only papers writes it.',
    ],
    [
      'a write by SQL',
      'modules/issues/item.ts',
      'await ctx.db.$executeRaw`\n  UPDATE papers SET title = $' + '{title}`;',
      'modules/issues/item.ts uses papers (UPDATE papers): only papers writes it.',
    ],
    [
      'a deletion by SQL inside a longer statement',
      'modules/issues/item.ts',
      '`WITH gone AS (DELETE FROM papers RETURNING id) SELECT id FROM gone`',
      'modules/issues/item.ts uses papers (DELETE FROM papers): only papers writes it.',
    ],
    [
      'a write by insertRows',
      'modules/issues/item.ts',
      "await insertRows(ctx.db, 'papers', rows);",
      "modules/issues/item.ts uses papers (insertRows(ctx.db, 'papers'): only papers writes it.",
    ],
    [
      'a write by a delegate in brackets',
      'modules/issues/item.ts',
      "await ctx.db['paper'].update({ where: { id }, data });",
      'modules/issues/item.ts uses papers (paper.update()): only papers writes it.',
    ],
    [
      'a write with optional chaining and a type argument',
      'modules/issues/item.ts',
      'await db?.paper?.createManyAndReturn<Row>({ data });',
      'modules/issues/item.ts uses papers (paper.createManyAndReturn()): only papers writes it.',
    ],
    [
      'a delegate that is kept in a variable',
      'modules/issues/item.ts',
      'const papers = ctx.db.paper;',
      'modules/issues/item.ts uses papers (db.paper): only papers writes it.',
    ],
    [
      'a delegate whose name is computed',
      'modules/issues/item.ts',
      'await ctx.db[name].update({ where: { id }, data });',
      'modules/issues/item.ts hides which table it uses (db[): spell it in the call or in the SQL.',
    ],
    [
      'a destructured client',
      'modules/issues/item.ts',
      'const { paper } = ctx.db;',
      'modules/issues/item.ts hides which table it uses (} = ctx.db): spell it in the call or in the SQL.',
    ],
    [
      'a nested upsert',
      'modules/issues/item.ts',
      'data: { paper: { upsert: { create, update } } }',
      'modules/issues/item.ts uses papers (paper: { upsert }): only papers writes it.',
    ],
    [
      'a nested write behind other members',
      'modules/issues/item.ts',
      'data: { paper: { where, connectOrCreate: { where, create } } }',
      'modules/issues/item.ts uses papers (paper: { connectOrCreate }): only papers writes it.',
    ],
    [
      'a write by SQL with a schema and quotes',
      'modules/issues/item.ts',
      '`INSERT INTO public."papers" (id) VALUES (1)`',
      'modules/issues/item.ts uses papers (INSERT INTO public."papers"): only papers writes it.',
    ],
    [
      'a write by SQL in lower case',
      'modules/issues/item.ts',
      '`update papers as p set title = $1`',
      'modules/issues/item.ts uses papers (update papers): only papers writes it.',
    ],
    [
      'a write by MERGE',
      'modules/issues/item.ts',
      '`MERGE INTO papers USING new ON true WHEN MATCHED THEN DELETE`',
      'modules/issues/item.ts uses papers (MERGE INTO papers): only papers writes it.',
    ],
    [
      'a write to a table without those that inherit from it',
      'modules/issues/item.ts',
      '`DELETE FROM ONLY papers`',
      'modules/issues/item.ts uses papers (DELETE FROM ONLY papers): only papers writes it.',
    ],
    [
      'a table in a list to truncate',
      'modules/issues/item.ts',
      '`TRUNCATE items, papers`',
      'modules/issues/item.ts uses papers (papers): only papers writes it.',
    ],
    [
      'a write by COPY',
      'modules/issues/item.ts',
      "'COPY papers FROM STDIN'",
      'modules/issues/item.ts uses papers (papers): only papers writes it.',
    ],
    [
      'a write whose table is a parameter of the SQL',
      'modules/issues/item.ts',
      'Prisma.sql`UPDATE $' + '{table} SET x = 1`',
      'modules/issues/item.ts hides which table it uses (UPDATE $' +
        '{): spell it in the call or in the SQL.',
    ],
    [
      'insertRows with a table from a variable',
      'modules/issues/item.ts',
      'await insertRows(ctx.db, table, rows);',
      'modules/issues/item.ts hides which table it uses (insertRows(): spell it in the call or in the SQL.',
    ],
    [
      'a write between strings that look like a comment',
      'modules/issues/item.ts',
      "const a = 'image/*'; await ctx.db.paper.delete({ where }); const b = '*/*';",
      'modules/issues/item.ts uses papers (paper.delete()): only papers writes it.',
    ],
    [
      'a Prisma read of a lower module, which has a function for it',
      'modules/issues/item.ts',
      'await ctx.db.paper.findMany({ where });',
      'modules/issues/item.ts uses papers (paper.findMany()): papers owns it; call a function of papers, or join it in SQL.',
    ],
    [
      'a read of a higher module by SQL',
      'modules/papers/paper.ts',
      '`SELECT count(*) FROM items WHERE paper_id = $1`',
      'modules/papers/paper.ts uses items (FROM items): issues is not below papers.',
    ],
    [
      'a read of a higher module by USING',
      'modules/papers/paper.ts',
      '`DELETE FROM papers USING items AS item WHERE item.paper_id = papers.id`',
      'modules/papers/paper.ts uses items (USING items): issues is not below papers.',
    ],
    [
      'a join with a higher module in a list of tables',
      'modules/papers/paper.ts',
      '`SELECT 1 FROM unnest($1) AS wanted, LATERAL (SELECT 1) AS one, items WHERE true`',
      'modules/papers/paper.ts uses items (FROM ..., items): issues is not below papers.',
    ],
    [
      'a read of a higher module through a relation',
      'modules/papers/paper.ts',
      'where: { items: { some: {} } }',
      'modules/papers/paper.ts uses items (items: { some }): issues is not below papers.',
    ],
    [
      'the name of a table that becomes SQL elsewhere',
      'modules/events/list.ts',
      "const table = 'published_papers';",
      "modules/events/list.ts uses published_papers ('published_papers'): publications is not below events.",
    ],
    [
      'an access outside of the modules',
      'server.ts',
      'await ctx.db.paper.count();',
      'server.ts uses papers (paper.count()): only modules use tables; ask papers for a function.',
    ],
  ])('reports %s', (_what, file, text, fault) => {
    expect(findTableFaults(new Map([[file, text]]), tables)).toEqual([fault]);
  });

  test.each([
    ['the owner every access', 'modules/papers/paper.ts', '`UPDATE papers SET x = 1`; db.paper.findMany();'],
    [
      'SQL that joins a lower module',
      'modules/issues/item.ts',
      '`SELECT 1 FROM items JOIN papers USING (id)`',
    ],
    [
      'a relation to a lower module',
      'modules/issues/item.ts',
      'include: { paper: { include: withIdentifiers } }',
    ],
    [
      'SQL that a comment quotes',
      'modules/issues/item.ts',
      '/** As in `UPDATE papers`. */\n// DELETE FROM papers\n',
    ],
    [
      'prose that reads like SQL',
      'modules/issues/item.ts',
      "summary: 'Update papers', description: 'Truncates items, papers and people.'",
    ],
    [
      'FOR UPDATE and DO UPDATE',
      'modules/issues/item.ts',
      '`SELECT 1 FOR UPDATE`; `ON CONFLICT DO UPDATE SET x = 1`',
    ],
  ])('allows %s', (_what, file, text) => {
    expect(findTableFaults(new Map([[file, text]]), tables)).toEqual([]);
  });
});
