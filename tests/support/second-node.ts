import pino from 'pino';
import { buildApp } from '../../src/app.ts';
import { invalidateCache } from '../../src/background/invalidate-cache.ts';
import { listenTo } from '../../src/background/listen.ts';
import { openDatabase } from '../../src/database/client.ts';
import { createResponseCache } from '../../src/prepared/response-cache.ts';
import type { Masthead } from './app.ts';

/** Starts another node on the same database. It listens for changes through `listenUrl`. */
export async function startSecondNode({ databaseUrl, media, metadata }: Masthead, listenUrl = databaseUrl) {
  const logger = pino({ level: 'silent' });
  const database = openDatabase(databaseUrl, { onError: () => {} });
  const responses = createResponseCache(16 * 1024 * 1024);
  const config = { publicUrl: 'http://masthead.test', corsOrigins: [] };
  const app = await buildApp({ config, database, media, metadata, responses, logger });
  const listener = listenTo(listenUrl, [invalidateCache(responses)], logger);
  return {
    app,
    responses,
    database,
    async stop() {
      await app.close();
      await listener.stop();
      await database.close();
    },
  };
}
