import type { FastifyInstance } from 'fastify';
import pino from 'pino';
import { buildApp } from '../../src/app.ts';
import { type Database, openDatabase } from '../../src/database/client.ts';
import { createResponseCache } from '../../src/prepared/response-cache.ts';
import type { Masthead } from '../support/app.ts';

export type LoggedApp = { app: FastifyInstance /** All that was logged, from trace on. */; log(): string };

/** A second app on the database of the first, or on another, with everything logged and nothing redacted. */
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

/** Nothing listens there. */
export function openDeadDatabase(): Database {
  return openDatabase('postgresql://nobody:dead-password@127.0.0.1:1/none', { onError: () => {} });
}
