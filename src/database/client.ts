import { PrismaPg } from '@prisma/adapter-pg';
import type pg from 'pg';
import { makePool, type OnLoss } from './connections.ts';
import { PrismaClient } from './generated/client.ts';

/** Connections apart, so that none of these uses up those of another. */
export type Database = {
  /** For the Admin API. */
  prisma: PrismaClient;
  /** For the schedule and all other work in the background. */
  background: PrismaClient;
  /** For the prepared reads of the Content API. */
  pool: pg.Pool;
  /** For searches and counts, which may take long. */
  searchPool: pg.Pool;
  close(): Promise<void>;
};

export type DatabaseOptions = { onError: OnLoss };

/** Connections at most. */
const CONNECTIONS = { admin: 8, background: 5, reads: 6, searches: 2 } as const;

/** Milliseconds; every wait ends, also that for a server which is gone without a word. */
const CONNECT_TIMEOUT = 5_000;
const LOCK_TIMEOUT = 5_000;
const STATEMENT_TIMEOUT = 30_000;
const SEARCH_TIMEOUT = 2_000;
/** How much longer than the server we wait for its word that a statement took too long. */
const ANSWER_MARGIN = 5_000;
const IDLE_IN_TRANSACTION_TIMEOUT = 60_000;
const KEEP_ALIVE_AFTER = 10_000;

export function openDatabase(url: string, { onError }: DatabaseOptions): Database {
  const open = (max: number, options: pg.PoolConfig = {}) => openPool(url, max, onError, options);
  const pool = open(CONNECTIONS.reads, { onConnect: planOnce });
  const searchPool = open(CONNECTIONS.searches, { ...timeouts(SEARCH_TIMEOUT), onConnect: compileNothing });
  const [forAdmin, forBackground] = [open(CONNECTIONS.admin), open(CONNECTIONS.background)];
  const prisma = new PrismaClient({ adapter: new PrismaPg(forAdmin) });
  const background = new PrismaClient({ adapter: new PrismaPg(forBackground) });
  return {
    prisma,
    background,
    pool,
    searchPool,
    async close() {
      await Promise.all([prisma.$disconnect(), background.$disconnect()]);
      await Promise.all([forAdmin, forBackground, pool, searchPool].map((open) => open.end()));
    },
  };
}

/** The statements of readers are few and look the same rows up whatever they are asked: each is planned once. */
async function planOnce(client: pg.ClientBase): Promise<void> {
  await client.query('SET plan_cache_mode = force_generic_plan');
}

/** Compiling a plan takes longer than to run it. */
async function compileNothing(client: pg.ClientBase): Promise<void> {
  await client.query('SET jit = off');
}

function timeouts(statement: number): pg.PoolConfig {
  return { statement_timeout: statement, query_timeout: statement + ANSWER_MARGIN };
}

function openPool(url: string, max: number, onLoss: OnLoss, options: pg.PoolConfig): pg.Pool {
  const config: pg.PoolConfig = {
    connectionString: url,
    max,
    connectionTimeoutMillis: CONNECT_TIMEOUT,
    lock_timeout: LOCK_TIMEOUT,
    ...timeouts(STATEMENT_TIMEOUT),
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_TIMEOUT,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_AFTER,
    application_name: 'masthead',
    ...options,
  };
  return makePool(config, onLoss);
}
