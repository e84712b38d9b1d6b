/** The server that Masthead is compared with. Its routes only send the same bytes. Arguments: origin and pages. */

import Fastify from 'fastify';
import pg from 'pg';
import { z } from 'zod';
import { pagesOf } from './pages.ts';
import { getBrotli, getRaw, type RawAnswer } from './raw-get.ts';

const [origin = '', pagesText = ''] = process.argv.slice(2);
const env = z.object({ PORT: z.coerce.number(), DATABASE_URL: z.string() }).parse(process.env);

/** Masthead has as many connections for reads. */
const pool = new pg.Pool({ connectionString: env.DATABASE_URL, max: 6 });
await pool.query('CREATE TABLE bench_bodies (name text PRIMARY KEY, body text NOT NULL)');

const app = Fastify();
for (const [name, path] of Object.entries(pagesOf.parse(JSON.parse(pagesText)))) {
  const answer = await getRaw(`${origin}${path}`);
  addRoutes(`/${name}`, answer);
  addNotModified(`/${name}/not-modified`, answer);
  await addReadOfDatabase(`/${name}/from-database`, name, answer);
  if (answer.status === 200) addRoutes(`/${name}/brotli`, await getBrotli(`${origin}${path}`));
}
process.once('SIGTERM', async () => {
  await app.close();
  await pool.end();
  process.exit();
});
await app.listen({ host: '127.0.0.1', port: env.PORT });

/** Both routes send the same bytes, and the second also all headers of Masthead. */
function addRoutes(path: string, { status, headers, bytes }: RawAnswer): void {
  const { 'content-type': type = '', 'content-encoding': encoding } = headers;
  const fewest = encoding ? { 'content-type': type, 'content-encoding': encoding } : { 'content-type': type };
  const same = withoutConnection(headers);
  app.get(path, (_request, reply) => reply.code(status).headers(fewest).send(bytes));
  app.get(`${path}/same-headers`, (_request, reply) => reply.code(status).headers(same).send(bytes));
}

function addNotModified(path: string, { headers }: RawAnswer): void {
  const { 'content-type': _type, ...same } = withoutConnection(headers);
  app.get(path, (_request, reply) => reply.code(304).send());
  app.get(`${path}/same-headers`, (_request, reply) => reply.code(304).headers(same).send());
}

/** The route runs one named statement for one text column. */
async function addReadOfDatabase(path: string, name: string, { headers, bytes }: RawAnswer): Promise<void> {
  await pool.query('INSERT INTO bench_bodies VALUES ($1, $2)', [name, bytes.toString()]);
  const type = headers['content-type'] ?? '';
  app.get(path, async (_request, reply) => {
    const { rows } = await pool.query<{ body: string }>({
      name: 'read body',
      text: 'SELECT body FROM bench_bodies WHERE name = $1',
      values: [name],
    });
    return reply.type(type).send(rows[0]?.body);
  });
}

/** Removes the headers that Node and Fastify write themselves. */
function withoutConnection(all: Record<string, string>): Record<string, string> {
  const {
    date: _date,
    connection: _connection,
    'keep-alive': _keepAlive,
    'content-length': _length,
    ...headers
  } = all;
  return headers;
}
