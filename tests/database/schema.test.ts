import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { migrationsDirectory, readMigrations } from '../../src/database/migration-history.ts';
import { diffMigrations, readSchemaFiles } from '../../src/database/schema-engine.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

let empty: TestDatabase;

beforeAll(async () => {
  empty = await createTestDatabase(null);
});

afterAll(() => empty.drop());

test('the migrations produce the schema in prisma/schema', async () => {
  expect(await diff(await readSchemaFiles())).toBeNull();
});

test('a change in prisma/schema is detected, even in the condition of an index', async () => {
  const files = await readSchemaFiles();
  expect(await diff(files.map((file) => replaced(file, 'scheduled_at IS NOT NULL', 'number > 7')))).toMatch(
    /issues_due_idx/,
  );
  expect(await diff(files.map((file) => replaced(file, '  tagline ', '  motto ')))).toMatch(/"motto"/);
});

test('the comparison leaves the given database unchanged and no other one behind', async () => {
  await diff(await readSchemaFiles());
  const client = new pg.Client(empty.url);
  await client.connect();
  const tables = await client.query("SELECT FROM pg_tables WHERE schemaname = 'public'");
  const shadows = await client.query("SELECT FROM pg_database WHERE datname LIKE 'prisma_migrate_shadow%'");
  await client.end();
  expect([tables.rowCount, shadows.rowCount]).toEqual([0, 0]);
});

type SchemaFile = Awaited<ReturnType<typeof readSchemaFiles>>[number];

async function diff(files: SchemaFile[]): Promise<string | null> {
  return diffMigrations(empty.url, migrationsDirectory, await readMigrations(), files);
}

function replaced(file: SchemaFile, from: string, to: string): SchemaFile {
  return { ...file, content: file.content.replace(from, to) };
}
