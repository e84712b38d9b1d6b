/** The server that uploads are compared with. Its route only writes the request body to a file in the given folder. */

import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import Fastify from 'fastify';
import { z } from 'zod';

const [directory = ''] = process.argv.slice(2);
const { PORT } = z.object({ PORT: z.coerce.number() }).parse(process.env);

const app = Fastify();
app.addContentTypeParser('multipart/form-data', (_request, _payload, done) => done(null));
app.post('/', async (request, reply) => {
  const path = join(directory, `sink-${randomUUID()}`);
  // Flushes as Masthead does. Otherwise the comparison would leave out the disk.
  await pipeline(request.raw, createWriteStream(path, { flush: true }));
  reply.raw.once('close', () => void rm(path, { force: true }));
  return reply.code(201).send({ id: path });
});
process.once('SIGTERM', async () => {
  await app.close();
  process.exit();
});
await app.listen({ host: '127.0.0.1', port: PORT });
