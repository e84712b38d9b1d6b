import { type Context, inTransaction } from '../../context.ts';
import { lockWork } from '../../lib/advisory-lock.ts';
import { createApiKey } from './api-key.ts';
import { hashSecret } from './secret.ts';

/** The operator's own key: made an admin key unless there is one with this secret. */
export function ensureAdminKey(ctx: Context, secret: string): Promise<void> {
  return inTransaction(ctx, async (ctx) => {
    await lockWork(ctx, 'manageKeys');
    const key = await ctx.db.apiKey.findUnique({ where: { secretHash: hashSecret(secret) } });
    if (!key) await createApiKey(ctx, { name: 'bootstrap', role: 'admin' }, secret);
  });
}

/** An admin key when there is no key at all, with its secret, to be shown once; null when there is one. */
export function createFirstKey(ctx: Context): Promise<string | null> {
  return inTransaction(ctx, async (ctx) => {
    await lockWork(ctx, 'manageKeys');
    if ((await ctx.db.apiKey.count()) > 0) return null;
    const { secret } = await createApiKey(ctx, { name: 'first admin', role: 'admin' });
    return secret;
  });
}
