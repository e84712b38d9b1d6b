import { type Config, loadConfig } from '../config.ts';
import { startEmbeddedPostgres } from '../database/embedded.ts';
import { migrate } from '../database/migrate.ts';

const config = loadConfig();
const { applied } =
  config.databaseUrl === null ? await migrateEmbedded(config) : await migrate(config.databaseUrl);
process.stdout.write(applied.length === 0 ? 'Nothing to apply.\n' : `Applied ${applied.join(', ')}.\n`);

async function migrateEmbedded({ dataDir }: Config): Promise<{ applied: string[] }> {
  const server = await startEmbeddedPostgres({ dataDir });
  try {
    return await migrate(server.url);
  } finally {
    await server.stop();
  }
}
