/** npm run db:migrate */
import { type Config, loadConfig } from '../config.ts';
import { startEmbeddedPostgres } from '../database/embedded.ts';
import { migrate } from '../database/migrate.ts';
import { runCommand } from './run-command.ts';

await runCommand(async () => {
  const config = loadConfig();
  const { applied } =
    config.databaseUrl === null ? await migrateEmbedded(config) : await migrate(config.databaseUrl);
  return applied.length === 0 ? 'The database is up to date.' : `Applied ${applied.join(', ')}.`;
});

async function migrateEmbedded({ dataDir }: Config): Promise<{ applied: string[] }> {
  const server = await startEmbeddedPostgres({ dataDir });
  try {
    return await migrate(server.url);
  } finally {
    await server.stop();
  }
}
