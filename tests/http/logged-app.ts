import type { FastifyInstance } from 'fastify';
import pino from 'pino';
import { buildApp } from '../../src/app.ts';
import { type Database, openDatabase } from '../../src/database/client.ts';
import { createResponseCache } from '../../src/prepared/response-cache.ts';
import type { Masthead } from '../support/app.ts';

export type LoggedApp = {
  app: FastifyInstance;
  /** Everything that was logged, from level trace up. */
  log(): string;
};

/** A second app, on the database of the first or on another, which logs everything and redacts nothing. */
export async function buildLoggedApp(
  { media, metadata, database: ownDatabase }: Masthead,
  database: Database = ownDatabase,
): Promise<LoggedApp> {
  const lines: string[] = [];
  const logger = pino({ level: 'trace' }, { write: (line) => lines.push(line) });
  const config = { publicUrl: 'http://masthead.test', corsOrigins: ['https://admin.example.com'] };
  const responses = createResponseCache(0);
  const app = await buildApp({ config, database, media, metadata, responses, logger });
  return { app, log: () => lines.join('') };
}

/** A database at a port on which nothing listens. */
export function openDeadDatabase(): Database {
  return openDatabase('postgresql://nobody:dead-password@127.0.0.1:1/none', { onError: () => {} });
}
