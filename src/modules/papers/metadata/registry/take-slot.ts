import { setTimeout as sleep } from 'node:timers/promises';
import type { Context } from '../../../../context.ts';
import type { Registry } from './registry.ts';
import { Unavailable } from './unavailable.ts';

/**
 * Waits until this request may be sent. All nodes reserve slots in one row, by the clock of the database. Throws instead
 * of waiting longer than `maxWaitMs`, which bounds the queue.
 */
export async function takeSlot(
  ctx: Context,
  registry: Registry,
  maxWaitMs: number,
  signal: AbortSignal,
): Promise<void> {
  const wait = await reserve(ctx, registry, maxWaitMs);
  if (wait === null) throw new Unavailable('paused, or too many requests are waiting', true);
  if (wait <= 0) return;
  await sleep(Math.ceil(wait), undefined, { signal });
  if (await isPaused(ctx, registry)) throw new Unavailable('paused', true);
}

/** Pauses an overloaded registry for all nodes. Requests that wait for their slot fail, too. */
export async function pauseRegistry(ctx: Context, { name }: Registry, durationMs: number): Promise<void> {
  await ctx.db.$executeRaw`
    INSERT INTO metadata_sources AS source (name, next_at, paused_until)
    VALUES (${name}, clock_timestamp(), clock_timestamp() + ${durationMs}::float8 * interval '1 ms')
    ON CONFLICT (name) DO UPDATE
    SET paused_until = greatest(source.paused_until, excluded.paused_until)`;
}

/** Returns the milliseconds until the reserved slot, or null if the wait would be too long. */
async function reserve(
  ctx: Context,
  { name, intervalMs }: Registry,
  maxWaitMs: number,
): Promise<number | null> {
  const [slot] = await ctx.db.$queryRaw<{ wait: number }[]>`
    INSERT INTO metadata_sources AS source (name, next_at)
    VALUES (${name}, clock_timestamp() + ${intervalMs}::float8 * interval '1 ms')
    ON CONFLICT (name) DO UPDATE
    SET next_at = greatest(source.next_at, source.paused_until, clock_timestamp())
      + ${intervalMs}::float8 * interval '1 ms'
    WHERE greatest(source.next_at, source.paused_until)
      <= clock_timestamp() + ${maxWaitMs}::float8 * interval '1 ms'
    RETURNING (extract(epoch FROM source.next_at - clock_timestamp()) * 1000 - ${intervalMs}::float8)::float8 AS wait`;
  return slot?.wait ?? null;
}

async function isPaused(ctx: Context, { name }: Registry): Promise<boolean> {
  const paused = await ctx.db.$queryRaw<unknown[]>`
    SELECT 1 FROM metadata_sources WHERE name = ${name} AND paused_until > clock_timestamp()`;
  return paused.length > 0;
}
