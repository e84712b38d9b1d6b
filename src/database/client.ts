import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { PrismaClient } from './generated/client.ts';

export type Database = {
  /** For the Admin API and the schedule. */
  prisma: PrismaClient;
  /** For the prepared reads of the Content API: connections of their own, which writers cannot use up. */
  pool: pg.Pool;
  close(): Promise<void>;
};

export type DatabaseOptions = {
  onError(error: Error): void;
};

/** Connections at most. */
const FOR_PRISMA = 10;
const FOR_READS = 6;

/** Milliseconds; every wait ends, also that for a server which is gone without a word. */
const CONNECT_TIMEOUT = 5_000;
const LOCK_TIMEOUT = 5_000;
const STATEMENT_TIMEOUT = 30_000;
const ANSWER_TIMEOUT = 35_000;
const IDLE_IN_TRANSACTION_TIMEOUT = 60_000;
const KEEP_ALIVE_AFTER = 10_000;

export function openDatabase(url: string, { onError }: DatabaseOptions): Database {
  const forPrisma = openPool(url, FOR_PRISMA, onError);
  const pool = openPool(url, FOR_READS, onError);
  const prisma = new PrismaClient({ adapter: new PrismaPg(forPrisma) });
  return {
    prisma,
    pool,
    async close() {
      await prisma.$disconnect();
      await Promise.all([forPrisma.end(), pool.end()]);
    },
  };
}

function openPool(url: string, max: number, onError: (error: Error) => void): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    connectionTimeoutMillis: CONNECT_TIMEOUT,
    lock_timeout: LOCK_TIMEOUT,
    statement_timeout: STATEMENT_TIMEOUT,
    query_timeout: ANSWER_TIMEOUT,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_TIMEOUT,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_AFTER,
    application_name: 'masthead',
  });
  // A pool without a listener brings the process down when the server drops an idle connection.
  return pool.on('error', onError);
}
