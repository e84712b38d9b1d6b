import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyBaseLogger } from 'fastify';
import type pg from 'pg';
import { makeClient } from '../database/connections.ts';

/** Milliseconds between attempts to reach the server again. */
const PAUSE_BETWEEN_ATTEMPTS = 1_000;
const CONNECT_TIMEOUT = 5_000;
/** Milliseconds between questions whether the server is still there, and for its answer. */
const PULSE = 200;
const PULSE_TIMEOUT = 5_000;
/** Of a pooler that lends sessions another one would answer, which listens to nothing. */
export const PULSE_QUESTION = 'SELECT pg_listening_channels()';
/** Milliseconds that the server has to answer our goodbye. */
const GOODBYE = 1_000;

/** What somebody wants to hear of. */
export type Subscription = {
  channel: string;
  onNotify(payload: string): void;
  /** After each connection: what was said meanwhile is lost. */
  onConnect(): void;
  /** What was said before this moment has been passed on; milliseconds of performance.now(). */
  onHeardUntil?(moment: number): void;
};

export type Listener = { stop(): Promise<void> };

/** One connection that hears for all, and connects again for as long as it is not stopped. */
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
            'not listening; nothing is answered from what is kept, and polling goes on',
          );
      });
      await sleep(PAUSE_BETWEEN_ATTEMPTS, null, { signal: stopping.signal }).catch(() => {});
    }
  }

  const ended = listenUntilStopped();
  return {
    async stop() {
      stopping.abort();
      await Promise.race([ended, sleep(GOODBYE, null, { ref: false })]);
    },
  };
}

/** Resolves or rejects when the connection ends, or does not come about. */
async function listenOnce(
  url: string,
  subscriptions: readonly Subscription[],
  stopping: AbortSignal,
): Promise<void> {
  const client = makeClient({
    connectionString: url,
    connectionTimeoutMillis: CONNECT_TIMEOUT,
    query_timeout: PULSE_TIMEOUT,
    application_name: 'masthead listener',
  });
  const lost = new Promise<void>((resolve, reject) => {
    client.on('error', reject);
    client.on('end', resolve);
  });
  const end = () => void client.end();
  stopping.addEventListener('abort', end);
  try {
    // A client that is ended while it connects never answers whether it did.
    await Promise.race([lost, listen(client, subscriptions)]);
  } finally {
    stopping.removeEventListener('abort', end);
    await Promise.race([client.end(), sleep(GOODBYE, null, { ref: false })]);
  }
}

/** Never resolves: it goes on until the connection is lost. */
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
  return feelPulse(client, channels.length, subscriptions);
}

/** The server passes on what it has to tell before it answers, so an answer says that nothing was missed. */
async function feelPulse(
  client: pg.Client,
  channels: number,
  subscriptions: readonly Subscription[],
): Promise<never> {
  for (;;) {
    const askedAt = performance.now();
    const { rowCount } = await client.query(PULSE_QUESTION);
    if (rowCount !== channels)
      throw new Error('The session that listened is another now: is a pooler between?');
    for (const subscription of subscriptions) subscription.onHeardUntil?.(askedAt);
    await sleep(PULSE, null, { ref: false });
  }
}
