import type { Prisma, PrismaClient } from './database/generated/client.ts';
import type { Role } from './lib/roles.ts';

/** Who acts: an API key, or Masthead itself (schedule, start-up, command line). */
export type Actor = Readonly<{
  kind: 'key' | 'system';
  id: string | null;
  name: string;
  role: Role;
  /** Null: every newsletter. */
  newsletterIds: readonly string[] | null;
}>;

/** What a verb works with. In a transaction `db` is its client and `now` the database's time at its start. */
export type Context = Readonly<{
  db: PrismaClient | Prisma.TransactionClient;
  actor: Actor;
  now: Date;
  /** Drops what this node keeps prepared and a committed change made stale. Other nodes are notified. */
  onStale: (keys: readonly string[]) => void;
}>;

/** An open transaction takes part in its caller's fate: whatever `fn` throws undoes all of it. */
type TransactionContext = Context & Readonly<{ onceCommitted: (() => void)[] }>;

/** Milliseconds: for a connection, and for the transaction itself. */
const MAX_WAIT = 5_000;
const TIMEOUT = 20_000;

/**
 * Runs `fn` in one transaction with one fixed `now`, taken from the database's clock, so that nodes with
 * wrong clocks agree. Inside another transaction it joins that one.
 */
export async function inTransaction<T>(
  ctx: Context,
  fn: (ctx: Context) => Promise<T>,
  timeout = TIMEOUT,
): Promise<T> {
  if (isTransaction(ctx)) return fn(ctx);
  if (!('$transaction' in ctx.db)) throw new TypeError('A transaction client without its context');
  const onceCommitted: TransactionContext['onceCommitted'] = [];
  const result = await ctx.db.$transaction(
    async (db) => {
      const [clock] = await db.$queryRaw<[{ now: Date }]>`SELECT now() AS now`;
      const transaction: TransactionContext = { ...ctx, db, now: clock.now, onceCommitted };
      return fn(transaction);
    },
    { maxWait: MAX_WAIT, timeout },
  );
  for (const tell of onceCommitted) tell();
  return result;
}

/** Before the caller of the outermost transaction hears that it is done. Must not throw. */
export function afterCommit(ctx: Context, fn: () => void): void {
  if (isTransaction(ctx)) ctx.onceCommitted.push(fn);
  else fn();
}

export function isTransaction(ctx: Context): ctx is TransactionContext {
  return 'onceCommitted' in ctx;
}

/** For work that nobody asked for by request. `name` says which, as in "schedule". */
export function systemContext(
  db: PrismaClient,
  name: string,
  onStale: Context['onStale'] = keepsNothing,
): Context {
  const actor = { kind: 'system', id: null, name, role: 'admin', newsletterIds: null } as const;
  return { db, actor, now: new Date(), onStale };
}

/** Of a process that answers nobody. */
function keepsNothing(): void {}
