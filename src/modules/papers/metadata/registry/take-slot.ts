import { setTimeout as sleep } from 'node:timers/promises';
import type { Context } from '../../../../context.ts';
import type { Registry } from './registry.ts';
import { Unavailable } from './unavailable.ts';

/**
 * Waits until this request may be sent. All nodes reserve their slots in one row, by the database's clock. Who would
 * have to wait longer than `limit` milliseconds takes none, so the queue cannot grow without end.
 */
export async function takeSlot(
  ctx: Context,
  registry: Registry,
  limit: number,
  signal: AbortSignal,
): Promise<void> {
  const wait = await reserve(ctx, registry, limit);
  if (wait === null) throw new Unavailable('paused, or too many requests before this one', true);
  if (wait <= 0) return;
  await sleep(Math.ceil(wait), undefined, { signal });
  if (await isPaused(ctx, registry)) throw new Unavailable('paused', true);
}

/** A registry that is overloaded is left alone by all nodes, those in the queue included. */
export async function pauseRegistry(ctx: Context, { name }: Registry, milliseconds: number): Promise<void> {
  await ctx.db.$executeRaw`
    INSERT INTO metadata_sources AS source (name, next_at, paused_until)
    VALUES (${name}, clock_timestamp(), clock_timestamp() + ${milliseconds}::float8 * interval '1 ms')
    ON CONFLICT (name) DO UPDATE
    SET paused_until = greatest(source.paused_until, excluded.paused_until)`;
}

/** Milliseconds until the slot; null: none was taken. */
async function reserve(ctx: Context, { name, interval }: Registry, limit: number): Promise<number | null> {
  const [slot] = await ctx.db.$queryRaw<{ wait: number }[]>`
    INSERT INTO metadata_sources AS source (name, next_at)
    VALUES (${name}, clock_timestamp() + ${interval}::float8 * interval '1 ms')
    ON CONFLICT (name) DO UPDATE
    SET next_at = greatest(source.next_at, source.paused_until, clock_timestamp())
      + ${interval}::float8 * interval '1 ms'
    WHERE greatest(source.next_at, source.paused_until)
      <= clock_timestamp() + ${limit}::float8 * interval '1 ms'
    RETURNING (extract(epoch FROM source.next_at - clock_timestamp()) * 1000 - ${interval}::float8)::float8 AS wait`;
  return slot?.wait ?? null;
}

async function isPaused(ctx: Context, { name }: Registry): Promise<boolean> {
  const paused = await ctx.db.$queryRaw<unknown[]>`
    SELECT 1 FROM metadata_sources WHERE name = ${name} AND paused_until > clock_timestamp()`;
  return paused.length > 0;
}
