import path from 'node:path';
import pino from 'pino';
import { buildApp } from '../app.ts';
import { loadConfig } from '../config.ts';
import { openDatabase } from '../database/client.ts';
import { startImageProcess } from '../modules/media/images/start-image-process.ts';
import { diskStorage } from '../modules/media/storage/disk-storage.ts';
import { makeMetadataClient } from '../modules/papers/metadata/metadata-client.ts';
import { fetchFromOutside } from '../outbound/fetch-from-outside.ts';
import { createResponseCache } from '../prepared/response-cache.ts';
import { printJson } from './print-json.ts';

/** The OpenAPI document, as the repository keeps it. */
export const documentPath = path.resolve(import.meta.dirname, '../../openapi.json');

/** The document of a server where nothing is set, whatever the environment says; no server and no database runs. */
export async function describeApi(): Promise<string> {
  const database = openDatabase('postgresql://127.0.0.1/unused', { onError: () => {} });
  const app = await buildApp({
    config: { publicUrl: 'http://127.0.0.1:3000', corsOrigins: [] },
    database,
    media: {
      storage: diskStorage('unused'),
      images: startImageProcess(),
      fetchFile: fetchFromOutside,
      maxBytes: 1,
      crops: [],
    },
    metadata: makeMetadataClient(loadConfig({ METADATA_LOOKUP: 'false' }).metadata),
    responses: createResponseCache(0),
    logger: pino({ level: 'silent' }),
  });
  try {
    await app.ready();
    return printJson(app.swagger());
  } finally {
    await app.close();
    await database.close();
  }
}
