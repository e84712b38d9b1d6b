import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, inject } from 'vitest';
import { runOnServer } from './run-on-server.ts';

export type TestDatabase = Readonly<{ url: string; drop(): Promise<void> }>;

/** Creates a migrated database. With `template: null` it is empty, and can have other options of CREATE DATABASE. */
export async function createTestDatabase(
  template: string | null = inject('templateDatabase'),
  options = '',
): Promise<TestDatabase> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  // Copying files is faster than logging each page while nothing else writes.
  const source = template === null ? 'TEMPLATE template0' : `TEMPLATE ${template} STRATEGY file_copy`;
  const serverUrl = inject('serverUrl');
  await runOnServer(serverUrl, `CREATE DATABASE ${name} ${source} ${options}`);
  const url = new URL(serverUrl);
  url.pathname = name;
  return { url: url.href, drop: () => runOnServer(serverUrl, `DROP DATABASE ${name} WITH (FORCE)`) };
}

/** Call it at the start of a test file. Creates a database for all tests of the file before they run. */
export function useTestDatabase(): { readonly url: string } {
  let database: TestDatabase | undefined;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(async () => {
    await database?.drop();
  });
  return {
    get url() {
      if (database === undefined) throw new Error('The test database exists only while tests run.');
      return database.url;
    },
  };
}
