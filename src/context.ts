import type { Prisma, PrismaClient } from './database/generated/client.ts';
import type { Role } from './lib/roles.ts';

/** Who makes a change: an API key, or Masthead itself (schedule, start, command line). */
export type Actor = Readonly<{
  kind: 'key' | 'system';
  id: string | null;
  name: string;
  role: Role;
  /** The newsletters that the actor can see. Null means all of them. */
  newsletterIds: readonly string[] | null;
}>;

/**
 * The first argument of every function that reads or writes records. In a transaction, `db` is the client of the
 * transaction and `now` its start time by the database's clock.
 */
export type Context = Readonly<{
  db: PrismaClient | Prisma.TransactionClient;
  actor: Actor;
  now: Date;
  /** Invalidates cache keys on this node after a commit. Other nodes are notified by the database. */
  onStale: (keys: readonly string[]) => void;
}>;

type TransactionContext = Context & Readonly<{ afterCommitCallbacks: (() => void)[] }>;

const CONNECTION_TIMEOUT_MS = 5_000;
const TRANSACTION_TIMEOUT_MS = 20_000;

/**
 * Runs `fn` in one transaction and rolls it back if `fn` throws. `now` comes from the database's clock, so that nodes
 * with wrong clocks agree, and does not change during the transaction. Inside another transaction, `fn` joins that one.
 */
export async function inTransaction<T>(
  ctx: Context,
  fn: (ctx: Context) => Promise<T>,
  timeoutMs = TRANSACTION_TIMEOUT_MS,
): Promise<T> {
  if (isTransaction(ctx)) return fn(ctx);
  if (!('$transaction' in ctx.db)) throw new TypeError('A transaction client was used without its context');
  const afterCommitCallbacks: TransactionContext['afterCommitCallbacks'] = [];
  let isCommitting = false;
  const committed = ctx.db.$transaction(
    async (db) => {
      const [clock] = await db.$queryRaw<[{ now: Date }]>`SELECT now() AS now`;
      const transaction: TransactionContext = { ...ctx, db, now: clock.now, afterCommitCallbacks };
      const result = await fn(transaction);
      isCommitting = true;
      return result;
    },
    { maxWait: CONNECTION_TIMEOUT_MS, timeout: timeoutMs },
  );
  const result = await committed.catch((error: unknown) => {
    throw isCommitting ? new CommitFailed(error) : error;
  });
  for (const callback of afterCommitCallbacks) callback();
  return result;
}

/** COMMIT failed. If the connection was lost, the database may have done it all the same. */
export class CommitFailed extends Error {
  constructor(cause: unknown) {
    super('COMMIT failed', { cause });
    this.name = 'CommitFailed';
  }
}

/** Runs `fn` after the outermost transaction has committed and before `inTransaction` returns. `fn` must not throw. */
export function afterCommit(ctx: Context, fn: () => void): void {
  if (isTransaction(ctx)) ctx.afterCommitCallbacks.push(fn);
  else fn();
}

export function isTransaction(ctx: Pick<Context, 'actor'>): ctx is TransactionContext {
  return 'afterCommitCallbacks' in ctx;
}

/** The context of work without a request. `name` appears in events as the actor, for example "schedule". */
export function systemContext(
  db: PrismaClient,
  name: string,
  onStale: Context['onStale'] = ignoreStaleKeys,
): Context {
  const actor = { kind: 'system', id: null, name, role: 'admin', newsletterIds: null } as const;
  return { db, actor, now: new Date(), onStale };
}

/** For a process that serves no requests and therefore caches no responses. */
function ignoreStaleKeys(): void {}
