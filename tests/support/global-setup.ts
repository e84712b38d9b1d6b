import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { startScratchPostgres } from '../../src/database/embedded/scratch.ts';
import { migrate } from '../../src/database/migrate.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The connection URL of the PostgreSQL server, with a database that no test uses. */
    serverUrl: string;
    /** The migrated database that every test database is copied from. */
    templateDatabase: string;
  }
}

const templateDatabase = 'masthead_template';

/** Starts one PostgreSQL server for the whole run. */
export default async function startPostgres(project: TestProject): Promise<() => Promise<void>> {
  const server = await startScratchPostgres();
  try {
    await makeTemplate(server.url);
  } catch (error) {
    await server.stop();
    throw error;
  }
  project.provide('serverUrl', server.url);
  project.provide('templateDatabase', templateDatabase);
  return () => server.stop();
}

async function makeTemplate(serverUrl: string): Promise<void> {
  const client = new pg.Client(serverUrl);
  await client.connect();
  await client.query(`CREATE DATABASE ${templateDatabase}`);
  await client.end();
  const url = new URL(serverUrl);
  url.pathname = templateDatabase;
  await migrate(url.href);
}
