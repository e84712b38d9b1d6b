import { afterEach } from 'vitest';
import { type Context, inTransaction } from '../../src/context.ts';

type OpenTransaction = { commit(): Promise<void>; rollBack(): Promise<void> };

class RolledBack extends Error {}

/** For the head of a test file: starts transactions that stay open until they are ended, or until the test is over. */
export function useOpenTransactions() {
  const open = new Set<OpenTransaction>();
  afterEach(async () => {
    for (const transaction of open) await transaction.rollBack();
  });

  /** Resolves when `work` is done and not yet committed. */
  return async (ctx: Context, work: (ctx: Context) => Promise<unknown>): Promise<OpenTransaction> => {
    const worked = Promise.withResolvers<void>();
    const ending = Promise.withResolvers<'commit' | 'rollback'>();
    const ended = inTransaction(ctx, async (ctx) => {
      await work(ctx);
      worked.resolve();
      if ((await ending.promise) === 'rollback') throw new RolledBack();
    }).catch((error: unknown) => {
      if (!(error instanceof RolledBack)) throw error;
    });
    const end = async (how: 'commit' | 'rollback') => {
      open.delete(transaction);
      ending.resolve(how);
      await ended;
    };
    const transaction = { commit: () => end('commit'), rollBack: () => end('rollback') };
    open.add(transaction);
    await Promise.race([worked.promise, ended]);
    return transaction;
  };
}
