import type { Config } from '../config.ts';
import { type Context, systemContext } from '../context.ts';
import { openDatabase } from '../database/client.ts';
import { withEmbeddedPostgres } from '../database/embedded/start-embedded.ts';
import { migrate } from '../database/migrate.ts';

/** Runs `use` with the URL of the configured database, or else of the embedded one. */
export function withDatabaseUrl<T>(config: Config, use: (url: string) => Promise<T>): Promise<T> {
  const { databaseUrl, dataDir } = config;
  return databaseUrl === null ? withEmbeddedPostgres({ dataDir }, use) : use(databaseUrl);
}

/** Applies pending migrations, then runs `use` on the database as the actor "command line". */
export function withMigratedDatabase<T>(config: Config, use: (ctx: Context) => Promise<T>): Promise<T> {
  return withDatabaseUrl(config, async (url) => {
    await migrate(url);
    const database = openDatabase(url, { onError: () => {} });
    try {
      return await use(systemContext(database.prisma, 'command line'));
    } finally {
      await database.close();
    }
  });
}
