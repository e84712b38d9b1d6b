import { PrismaPg } from '@prisma/adapter-pg';
import type pg from 'pg';
import { makePool, type OnLoss } from './connections.ts';
import { PrismaClient } from './generated/client.ts';

/** Separate pools, so that no kind of work can use up the connections of another. */
export type Database = {
  /** For the Admin API. */
  prisma: PrismaClient;
  /** For the schedule and all other background work. */
  background: PrismaClient;
  /** For the prepared reads of the Content API. */
  pool: pg.Pool;
  /** For searches and counts, which may be slow. */
  searchPool: pg.Pool;
  close(): Promise<void>;
};

export type DatabaseOptions = { onError: OnLoss };

const MAX_CONNECTIONS = { admin: 8, background: 5, reads: 6, searches: 2 } as const;

// Every wait has a limit, also the wait for a server that disappears without closing its connections.
const CONNECT_TIMEOUT_MS = 5_000;
const LOCK_TIMEOUT_MS = 5_000;
const STATEMENT_TIMEOUT_MS = 30_000;
const SEARCH_TIMEOUT_MS = 2_000;
/** The client waits this much longer than `statement_timeout`, so that the server's error can arrive. */
const QUERY_TIMEOUT_MARGIN_MS = 5_000;
/**
 * Below the lock timeout: while a node is frozen in a transaction, others wait for its locks, and then go on. No transaction
 * computes for so long between two statements.
 */
const IDLE_IN_TRANSACTION_TIMEOUT_MS = 3_000;
const KEEP_ALIVE_AFTER_MS = 10_000;

export function openDatabase(url: string, { onError }: DatabaseOptions): Database {
  const open = (max: number, options: pg.PoolConfig = {}) => openPool(url, max, onError, options);
  const pool = open(MAX_CONNECTIONS.reads, { onConnect: useGenericPlans });
  const searchPool = open(MAX_CONNECTIONS.searches, {
    ...timeouts(SEARCH_TIMEOUT_MS),
    onConnect: disableJit,
  });
  const [forAdmin, forBackground] = [open(MAX_CONNECTIONS.admin), open(MAX_CONNECTIONS.background)];
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

/** The Content API has few prepared statements, whose best plan does not depend on the parameters. Plan each once. */
async function useGenericPlans(client: pg.ClientBase): Promise<void> {
  await client.query('SET plan_cache_mode = force_generic_plan');
}

/** For these queries JIT compilation takes longer than execution. */
async function disableJit(client: pg.ClientBase): Promise<void> {
  await client.query('SET jit = off');
}

function timeouts(statementMs: number): pg.PoolConfig {
  return { statement_timeout: statementMs, query_timeout: statementMs + QUERY_TIMEOUT_MARGIN_MS };
}

function openPool(url: string, max: number, onLoss: OnLoss, options: pg.PoolConfig): pg.Pool {
  const config: pg.PoolConfig = {
    connectionString: url,
    max,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    lock_timeout: LOCK_TIMEOUT_MS,
    ...timeouts(STATEMENT_TIMEOUT_MS),
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_TIMEOUT_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_AFTER_MS,
    application_name: 'masthead',
    ...options,
  };
  return makePool(config, onLoss);
}
