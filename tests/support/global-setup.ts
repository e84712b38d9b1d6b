import { randomUUID } from 'node:crypto';
import type { TestProject } from 'vitest/node';
import { startScratchPostgres } from '../../src/database/embedded/scratch.ts';
import { migrate } from '../../src/database/migrate.ts';
import { runOnServer } from './run-on-server.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The connection URL of the PostgreSQL server, with a database that no test uses. */
    serverUrl: string;
    /** The migrated database that every test database is copied from. */
    templateDatabase: string;
  }
}

/**
 * One PostgreSQL for the whole run: the server that TEST_DATABASE_URL names, or an embedded one. The URL must be
 * that of a superuser, and the server should allow 300 connections.
 */
export default async function providePostgres(project: TestProject): Promise<() => Promise<void>> {
  const server = await openServer();
  // Runs that share a server have templates of their own.
  const templateDatabase = `masthead_template_${randomUUID().replaceAll('-', '')}`;
  const dropTemplate = `DROP DATABASE IF EXISTS ${templateDatabase} WITH (FORCE)`;
  const stop = () => runOnServer(server.url, dropTemplate).finally(() => server.stop());
  try {
    await makeTemplate(server.url, templateDatabase);
  } catch (error) {
    await stop();
    throw error;
  }
  project.provide('serverUrl', server.url);
  project.provide('templateDatabase', templateDatabase);
  return stop;
}

async function openServer(): Promise<{ url: string; stop: () => Promise<void> }> {
  const url = process.env.TEST_DATABASE_URL;
  return url ? { url, stop: async () => {} } : startScratchPostgres();
}

async function makeTemplate(serverUrl: string, name: string): Promise<void> {
  // Not a copy of template1, which holds what the owner of the server put there.
  await runOnServer(serverUrl, `CREATE DATABASE ${name} TEMPLATE template0`);
  const url = new URL(serverUrl);
  url.pathname = name;
  await migrate(url.href);
}
