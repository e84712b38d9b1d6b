import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { PrismaClient } from './generated/client.ts';

export type Database = {
  prisma: PrismaClient;
  /** The same connections, for the statements that go past Prisma: prepared reads, LISTEN. */
  pool: pg.Pool;
  close(): Promise<void>;
};

export type DatabaseOptions = {
  /** Connections at most. */
  maxConnections?: number;
  onError(error: Error): void;
};

/** Milliseconds; every wait ends. */
const CONNECT_TIMEOUT = 5_000;
const STATEMENT_TIMEOUT = 30_000;
const IDLE_IN_TRANSACTION_TIMEOUT = 60_000;

export function openDatabase(url: string, options: DatabaseOptions): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.maxConnections ?? 10,
    connectionTimeoutMillis: CONNECT_TIMEOUT,
    statement_timeout: STATEMENT_TIMEOUT,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_TIMEOUT,
    application_name: 'masthead',
  });
  // A pool without a listener brings the process down when the server drops an idle connection.
  pool.on('error', options.onError);
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
  return {
    prisma,
    pool,
    async close() {
      await prisma.$disconnect();
      await pool.end();
    },
  };
}
