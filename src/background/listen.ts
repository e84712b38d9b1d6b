import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyBaseLogger } from 'fastify';
import type pg from 'pg';
import { makeClient } from '../database/connections.ts';

const RECONNECT_PAUSE_MS = 1_000;
const CONNECT_TIMEOUT_MS = 5_000;
const HEARTBEAT_INTERVAL_MS = 200;
const HEARTBEAT_TIMEOUT_MS = 5_000;
/** Detects a pooler that runs each query in another session: that session listens to no channels. */
export const HEARTBEAT_QUERY = 'SELECT pg_listening_channels()';
const DISCONNECT_TIMEOUT_MS = 1_000;

/** Callbacks for the notifications on a channel. */
export type Subscription = {
  channel: string;
  onNotify(payload: string): void;
  /** Called after each connect. Notifications that were sent while there was no connection are lost. */
  onConnect(): void;
  /** Called when all notifications sent before `moment` were delivered, in milliseconds of performance.now(). */
  onCaughtUp?(moment: number): void;
};

export type Listener = { stop(): Promise<void> };

/** Listens for all subscriptions on one connection, and reconnects until it is stopped. */
export function listenTo(
  url: string,
  subscriptions: readonly Subscription[],
  log: FastifyBaseLogger,
): Listener {
  const stopping = new AbortController();

  async function listenUntilStopped(): Promise<void> {
    while (!stopping.signal.aborted) {
      await listenOnce(url, subscriptions, stopping.signal).catch((error: unknown) => {
        if (!stopping.signal.aborted)
          log.warn(
            { err: error },
            'lost the LISTEN connection; until it is restored, the response cache is bypassed and background work polls',
          );
      });
      await sleep(RECONNECT_PAUSE_MS, null, { signal: stopping.signal }).catch(() => {});
    }
  }

  const ended = listenUntilStopped();
  return {
    async stop() {
      stopping.abort();
      await Promise.race([ended, sleep(DISCONNECT_TIMEOUT_MS, null, { ref: false })]);
    },
  };
}

/** Resolves or rejects when the connection ends or cannot be made. */
async function listenOnce(
  url: string,
  subscriptions: readonly Subscription[],
  stopping: AbortSignal,
): Promise<void> {
  const client = makeClient({
    connectionString: url,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    query_timeout: HEARTBEAT_TIMEOUT_MS,
    application_name: 'masthead listener',
  });
  const lost = new Promise<void>((resolve, reject) => {
    client.on('error', reject);
    client.on('end', resolve);
  });
  const end = () => void client.end();
  stopping.addEventListener('abort', end);
  try {
    // `connect` of a client that is ended while it connects never settles.
    await Promise.race([lost, listen(client, subscriptions)]);
  } finally {
    stopping.removeEventListener('abort', end);
    await Promise.race([client.end(), sleep(DISCONNECT_TIMEOUT_MS, null, { ref: false })]);
  }
}

/** Never resolves. It rejects when the connection is lost. */
async function listen(client: pg.Client, subscriptions: readonly Subscription[]): Promise<never> {
  await client.connect();
  client.on('notification', ({ channel, payload = '' }) => {
    for (const subscription of subscriptions) {
      if (subscription.channel === channel) subscription.onNotify(payload);
    }
  });
  const channels = [...new Set(subscriptions.map(({ channel }) => channel))];
  await client.query(channels.map((name) => `LISTEN ${client.escapeIdentifier(name)}`).join(';'));
  for (const subscription of subscriptions) subscription.onConnect();
  return sendHeartbeats(client, channels.length, subscriptions);
}

/** PostgreSQL sends pending notifications before the result of a query, so each result proves that none is missing. */
async function sendHeartbeats(
  client: pg.Client,
  channels: number,
  subscriptions: readonly Subscription[],
): Promise<never> {
  for (;;) {
    const sentAt = performance.now();
    const { rowCount } = await client.query(HEARTBEAT_QUERY);
    if (rowCount !== channels)
      throw new Error(
        'The database session is no longer listening. A connection pooler between Masthead and PostgreSQL may have switched it.',
      );
    for (const subscription of subscriptions) subscription.onCaughtUp?.(sentAt);
    await sleep(HEARTBEAT_INTERVAL_MS, null, { ref: false });
  }
}
