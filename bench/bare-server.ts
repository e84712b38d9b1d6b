/**
 * What Masthead is compared with: routes that do nothing but send. Given Masthead's origin, the paths of an
 * issue and an archive page there, and the id of the issue's edition.
 */

import Fastify from 'fastify';
import pg from 'pg';
import { z } from 'zod';

const [origin = '', issuePath = '', archivePath = '', editionId = ''] = process.argv.slice(2);
const env = z.object({ PORT: z.coerce.number(), DATABASE_URL: z.string() }).parse(process.env);

const JSON_TYPE = 'application/json; charset=utf-8';

/** As many connections as Masthead has. */
const pool = new pg.Pool({ connectionString: env.DATABASE_URL, max: 10 });
const issue = await read(issuePath);
const archive = await read(archivePath);

const app = Fastify();
app.get('/issue', (_request, reply) => reply.type(JSON_TYPE).send(issue.bytes));
app.get('/archive', (_request, reply) => reply.type(JSON_TYPE).send(archive.bytes));
app.get('/not-modified', (_request, reply) => reply.code(304).headers(issue.headers).send());
app.get('/issue-from-database', async (_request, reply) => {
  const { rows } = await pool.query<{ document: string }>({
    name: 'read document',
    text: 'SELECT document FROM editions WHERE id = $1',
    values: [editionId],
  });
  return reply.type(JSON_TYPE).send(rows[0]?.document);
});
process.once('SIGTERM', async () => {
  await app.close();
  await pool.end();
  process.exit();
});
await app.listen({ host: '127.0.0.1', port: env.PORT });

/** The body, and the headers that a 304 repeats. */
async function read(path: string): Promise<{ bytes: Buffer; headers: Record<string, string> }> {
  const response = await fetch(`${origin}${path}`);
  const bytes = Buffer.from(await response.arrayBuffer());
  const {
    date: _date,
    connection: _connection,
    'keep-alive': _keepAlive,
    'content-length': _length,
    ...headers
  } = Object.fromEntries(response.headers);
  return { bytes, headers };
}
