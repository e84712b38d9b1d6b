/** `npm run db:migrate` applies pending migrations. */
import { loadConfig } from '../config.ts';
import { migrate } from '../database/migrate.ts';
import { runCommand } from './run-command.ts';
import { withDatabaseUrl } from './with-database.ts';

await runCommand(async () => {
  const { applied } = await withDatabaseUrl(loadConfig(), (url) =>
    migrate(url, { onWarning: (message) => process.stderr.write(`${message}\n`) }),
  );
  return applied.length === 0 ? 'The database is up to date.' : `Applied ${applied.join(', ')}.`;
});
