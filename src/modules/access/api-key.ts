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

/** The secret is in the answer and nowhere else: only its hash is stored. */
export function createApiKey(
  ctx: Context,
  input: ApiKeyInput,
  secret = generateSecret(),
): Promise<NewApiKey> {
  requireUnbound(ctx.actor);
  return inTransaction(ctx, async (ctx) => {
    const expiresAt = input.expiresAt ? new Date(input.expiresAt) : null;
    requirePossible([
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

/** Revokes it: the next request with it is a 401. The last key that could make others stays. */
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
    'It is the last key that can make keys; make another first.',
  );
}

/** Who holds this secret; null when nobody does any more. */
export async function findActor(db: Context['db'], secret: string, now: Date): Promise<Actor | null> {
  const secretHash = hashSecret(secret);
  const key = await db.apiKey.findUnique({ where: { secretHash } });
  if (!key || !isSameHash(key.secretHash, secretHash)) return null;
  if (key.expiresAt && key.expiresAt <= now) return null;
  const { id, name, role } = key;
  return { kind: 'key', id, name, role, newsletterIds: key.isBound ? key.newsletterIds : null };
}

/** A key that reaches some newsletters only must not make itself one that reaches all. */
function requireUnbound(actor: Actor): void {
  if (actor.newsletterIds === null) return;
  throw new DomainError('forbidden', 'key_is_bound', 'A key that is bound to newsletters manages no keys.');
}

function findExpiryFaults(ctx: Context, expiresAt: Date | null): Fault[] {
  if (expiresAt === null || expiresAt > ctx.now) return [];
  return [{ pointer: '/expiresAt', code: 'past', message: 'must be in the future' }];
}

async function findNewsletterFaults(ctx: Context, ids: readonly string[]): Promise<Fault[]> {
  const known = new Set(await findNewsletterIds(ctx, ids));
  const message = 'there is no such newsletter';
  return ids.flatMap((id, index) =>
    known.has(id) ? [] : [{ pointer: `/newsletterIds/${index}`, code: 'unknown', message }],
  );
}

function requirePossible(faults: readonly Fault[]): void {
  if (faults.length === 0) return;
  throw new DomainError('invalid', 'impossible_key', 'The key cannot be made so.', { faults });
}
