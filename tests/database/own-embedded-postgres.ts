/**
 * A process that owns the embedded server of the DATA_DIR in its first argument. Prints its address; at
 * SIGINT it uses it once more, as an application that closes does, and stops it.
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
