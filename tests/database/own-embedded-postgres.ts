/**
 * A process that owns the embedded server in the DATA_DIR of its first argument. It prints the address. On
 * SIGINT it queries the server once more, as a closing application does, and stops it.
 */
import pg from 'pg';
import { startEmbeddedPostgres } from '../../src/database/embedded/start-embedded.ts';

const [dataDir = ''] = process.argv.slice(2);

const server = await startEmbeddedPostgres({ dataDir }).catch((error: Error) => {
  process.stdout.write(`${error.message}\n`);
  process.exit(1);
});

process.once('SIGINT', async () => {
  const client = new pg.Client(server.url);
  await client.connect();
  await client.query('SELECT 1');
  await client.end();
  await server.stop();
  process.stdout.write('closed\n');
});

process.stdout.write(`${server.url}\n`);
