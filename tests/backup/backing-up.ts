import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pino from 'pino';
import { afterAll, beforeAll } from 'vitest';
import { buildApp } from '../../src/app.ts';
import { createBackup } from '../../src/backup/create-backup.ts';
import { openBackup } from '../../src/backup/open-backup.ts';
import { type RestoreOptions, restoreBackup } from '../../src/backup/restore-backup.ts';
import { systemContext } from '../../src/context.ts';
import { openDatabase } from '../../src/database/client.ts';
import { diskStorage } from '../../src/modules/media/storage/disk-storage.ts';
import type { MediaStorage } from '../../src/modules/media/storage/storage.ts';
import { createResponseCache } from '../../src/prepared/response-cache.ts';
import type { Masthead } from '../support/app.ts';
import { createTestDatabase } from '../support/database.ts';
import { runOnServer } from '../support/run-on-server.ts';

export const silent = () => () => {};

/** Call it at the start of a test file. Backups and restored copies are removed at the end. */
export function useBackups() {
  let root = '';
  let count = 0;
  const closers: (() => Promise<unknown>)[] = [];
  beforeAll(async () => {
    root = await mkdtemp(path.join(tmpdir(), 'masthead-backup-'));
  });
  afterAll(async () => {
    for (const close of closers.toReversed()) await close();
    await rm(root, { recursive: true });
  });

  /** The path of a folder that does not exist. */
  function newFolder(): string {
    count += 1;
    return path.join(root, String(count));
  }

  /** An empty database, without any table, and an empty storage on disk. */
  async function newTarget() {
    const database = await createTestDatabase(null);
    closers.push(database.drop);
    const mediaDirectory = newFolder();
    return { databaseUrl: database.url, mediaDirectory, storage: diskStorage(mediaDirectory) };
  }

  async function backUp(
    { databaseUrl, storage }: { databaseUrl: string; storage: MediaStorage },
    folder = newFolder(),
  ) {
    const made = await createBackup({ databaseUrl, storage, folder, progress: silent });
    return { folder, ...made };
  }

  async function restore(folder: string, options: Partial<RestoreOptions> = {}) {
    const target = await newTarget();
    const restored = await restoreInto(folder, { ...target, ...options });
    return { ...target, ...restored };
  }

  /** Builds the app on a restored copy, as another machine with the same PUBLIC_URL would. */
  async function startCopy(
    masthead: Masthead,
    databaseUrl: string,
    storage: MediaStorage,
  ): Promise<Masthead> {
    const database = openDatabase(databaseUrl, { onError: () => {} });
    const responses = createResponseCache(16 * 1024 * 1024);
    const media = { ...masthead.media, storage };
    const config = { publicUrl: 'http://masthead.test', corsOrigins: ['https://admin.example.com'] };
    const logger = pino({ level: 'silent' });
    const app = await buildApp({ config, database, media, metadata: masthead.metadata, responses, logger });
    closers.push(async () => {
      await app.close();
      await database.close();
    });
    const ctx = systemContext(database.prisma, 'test', responses.drop);
    return { ...masthead, app, ctx, database, databaseUrl, media, responses };
  }

  return { newFolder, newTarget, backUp, restore, startCopy };
}

export async function restoreInto(
  folder: string,
  target: Pick<RestoreOptions, 'databaseUrl' | 'storage'> & Partial<RestoreOptions>,
) {
  return restoreBackup(await openBackup(folder), { takesOver: false, progress: silent, ...target });
}

/** Runs a statement that returns rows. */
export async function readRows(databaseUrl: string, sql: string): Promise<{ [column: string]: unknown }[]> {
  const database = openDatabase(databaseUrl, { onError: () => {} });
  try {
    return (await database.pool.query<{ [column: string]: unknown }>(sql)).rows;
  } finally {
    await database.close();
  }
}

export const execute = runOnServer;

/** The names in a folder that may not exist. */
export async function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch(() => []);
}

/** The tables of a database, without those of the catalogue. */
export async function tablesIn(databaseUrl: string): Promise<string[]> {
  const rows = await readRows(
    databaseUrl,
    "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename",
  );
  return rows.map(({ tablename }) => String(tablename));
}
