import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { MODULES } from './import-rules.ts';
import { readTables } from './read-tables.ts';

const root = path.resolve(import.meta.dirname, '../..');
const readPage = () => readFile(path.join(root, 'docs/architecture.md'), 'utf8');

/** Rows of the table of modules: the modules of a row, and the tables that it names. */
async function readModuleRows(): Promise<{ modules: string[]; tables: string[] }[]> {
  const page = await readPage();
  const [, table = ''] = page.split('| module | owns the tables |\n|---|---|\n');
  const [rows = ''] = table.split('\n\n');
  return rows.split('\n').map((row) => {
    const [, modules = '', tables = ''] = row.split('|');
    const namesIn = (cell: string) => [...cell.matchAll(/`(\w+)`/g)].map(([, name = '']) => name);
    return { modules: namesIn(modules), tables: namesIn(tables) };
  });
}

test('docs/architecture.md names the owner of every table', async () => {
  const rows = await readModuleRows();
  const { ownerOf } = await readTables(path.join(root, 'prisma/schema'));

  const documented = rows.flatMap(({ modules: [owner = ''], tables }) =>
    tables.map((table) => [table, owner] as const),
  );
  expect(new Map(documented.toSorted())).toEqual(new Map([...ownerOf].toSorted()));
});

test('docs/architecture.md lists the modules in the order of their layers', async () => {
  const rows = await readModuleRows();
  const planned = new Set(['webhooks', 'transfer']);

  expect(rows.flatMap(({ modules }) => modules)).toEqual(MODULES.flat().filter((name) => !planned.has(name)));
  const folders = await readdir(path.join(root, 'src/modules'));
  expect(rows.flatMap(({ modules }) => modules).toSorted()).toEqual(folders.toSorted());
});
