import { type Actor, type Context, inTransaction } from '../../context.ts';
import type { ApiKey } from '../../database/generated/client.ts';
import { DomainError, type Fault, notFound } from '../../errors.ts';
import { lockWork } from '../../lib/advisory-lock.ts';
import { type ById, newestFirst, type Page, toPage } from '../../lib/page.ts';
import { recordEvent } from '../events/record-event.ts';
import { findNewsletterIds } from '../newsletters/newsletter.ts';
import type { ApiKeyInput } from './schemas.ts';
import { generateSecret, hashSecret, isSameHash } from './secret.ts';

export type NewApiKey = ApiKey & { secret: string };

/** Returns the secret, which cannot be read again: only its hash is stored. */
export function createApiKey(
  ctx: Context,
  input: ApiKeyInput,
  secret = generateSecret(),
): Promise<NewApiKey> {
  requireUnbound(ctx.actor);
  return inTransaction(ctx, async (ctx) => {
    const expiresAt = input.expiresAt ? new Date(input.expiresAt) : null;
    throwFaults([
      ...findExpiryFaults(ctx, expiresAt),
      ...(await findNewsletterFaults(ctx, input.newsletterIds ?? [])),
    ]);
    const key = await ctx.db.apiKey.create({
      data: {
        name: input.name,
        role: input.role,
        isBound: Boolean(input.newsletterIds),
        newsletterIds: input.newsletterIds ?? [],
        expiresAt,
        secretHash: hashSecret(secret),
        createdAt: ctx.now,
      },
    });
    await recordEvent(ctx, {
      type: 'api_key.created',
      subject: { kind: 'api_key', id: key.id },
      details: { name: key.name, role: key.role },
    });
    return { ...key, secret };
  });
}

/** Newest first. */
export async function listApiKeys(ctx: Context, query: ById): Promise<Page<ApiKey, string>> {
  requireUnbound(ctx.actor);
  const rows = await ctx.db.apiKey.findMany(newestFirst(query));
  return toPage(rows, query.limit, (row) => row.id);
}

/** Revokes the key immediately. Throws if no other key could create keys. */
export function deleteApiKey(ctx: Context, id: string): Promise<void> {
  requireUnbound(ctx.actor);
  return inTransaction(ctx, async (ctx) => {
    await lockWork(ctx, 'manageKeys');
    const key = await ctx.db.apiKey.findUnique({ where: { id } });
    if (!key) throw notFound('API key');
    await requireAnotherAdmin(ctx, id);
    await ctx.db.apiKey.delete({ where: { id } });
    await recordEvent(ctx, {
      type: 'api_key.deleted',
      subject: { kind: 'api_key', id },
      details: { name: key.name, role: key.role },
    });
  });
}

async function requireAnotherAdmin(ctx: Context, id: string): Promise<void> {
  const others = await ctx.db.apiKey.count({
    where: {
      id: { not: id },
      role: 'admin',
      isBound: false,
      OR: [{ expiresAt: null }, { expiresAt: { gt: ctx.now } }],
    },
  });
  if (others > 0) return;
  throw new DomainError(
    'conflict',
    'last_admin_key',
    'This is the last API key that can create keys; create another one first.',
  );
}

/** Finds the actor of a secret. Returns null if no key has it or the key has expired. */
export async function findActor(db: Context['db'], secret: string, now: Date): Promise<Actor | null> {
  const secretHash = hashSecret(secret);
  const key = await db.apiKey.findUnique({ where: { secretHash } });
  if (!key || !isSameHash(key.secretHash, secretHash)) return null;
  if (key.expiresAt && key.expiresAt <= now) return null;
  const { id, name, role } = key;
  return { kind: 'key', id, name, role, newsletterIds: key.isBound ? key.newsletterIds : null };
}

/** A key that is bound to newsletters could otherwise create a key that is not. */
function requireUnbound(actor: Actor): void {
  if (actor.newsletterIds === null) return;
  throw new DomainError(
    'forbidden',
    'key_is_bound',
    'An API key that is bound to newsletters cannot manage keys.',
  );
}

function findExpiryFaults(ctx: Context, expiresAt: Date | null): Fault[] {
  if (expiresAt === null || expiresAt > ctx.now) return [];
  return [{ pointer: '/expiresAt', code: 'past', message: 'must be in the future' }];
}

async function findNewsletterFaults(ctx: Context, ids: readonly string[]): Promise<Fault[]> {
  const known = new Set(await findNewsletterIds(ctx, ids));
  const message = 'refers to a newsletter that does not exist';
  return ids.flatMap((id, index) =>
    known.has(id) ? [] : [{ pointer: `/newsletterIds/${index}`, code: 'unknown', message }],
  );
}

function throwFaults(faults: readonly Fault[]): void {
  if (faults.length === 0) return;
  throw new DomainError('invalid', 'impossible_key', 'The API key cannot be created with these values.', {
    faults,
  });
}
