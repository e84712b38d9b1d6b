import { type Context, inTransaction } from '../../context.ts';
import { lockWork } from '../../lib/advisory-lock.ts';
import { createApiKey } from './api-key.ts';
import { hashSecret } from './secret.ts';

/** Creates an admin key with the secret that the operator chose, unless a key with this secret exists. */
export function ensureAdminKey(ctx: Context, secret: string): Promise<void> {
  return inTransaction(ctx, async (ctx) => {
    await lockWork(ctx, 'manageKeys');
    const key = await ctx.db.apiKey.findUnique({ where: { secretHash: hashSecret(secret) } });
    if (!key) await createApiKey(ctx, { name: 'bootstrap', role: 'admin' }, secret);
  });
}

/** Creates an admin key if there is no key at all, and returns its secret. Returns null if there is a key. */
export function createFirstKey(ctx: Context): Promise<string | null> {
  return inTransaction(ctx, async (ctx) => {
    await lockWork(ctx, 'manageKeys');
    if ((await ctx.db.apiKey.count()) > 0) return null;
    const { secret } = await createApiKey(ctx, { name: 'first admin', role: 'admin' });
    return secret;
  });
}
