/** A bare Fastify with one route that reads through Prisma: what the set packages themselves need. */

import { PrismaPg } from '@prisma/adapter-pg';
import Fastify from 'fastify';
import { PrismaClient } from '../../src/database/generated/client.ts';

const prisma = new PrismaClient({
  adapter: new PrismaPg({ connectionString: process.env.DATABASE_URL ?? '' }),
});
const app = Fastify();
app.get('/health/ready', async () => ({ newsletters: await prisma.newsletter.count() }));
await app.listen({ host: '127.0.0.1', port: Number(process.env.PORT) });
