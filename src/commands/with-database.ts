import type { Config } from '../config.ts';
import { withEmbeddedPostgres } from '../database/embedded/start-embedded.ts';

/** Runs `use` with the URL of the configured database, or else of the embedded one. */
export function withDatabaseUrl<T>(config: Config, use: (url: string) => Promise<T>): Promise<T> {
  const { databaseUrl, dataDir } = config;
  return databaseUrl === null ? withEmbeddedPostgres({ dataDir }, use) : use(databaseUrl);
}
