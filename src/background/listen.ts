import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyBaseLogger } from 'fastify';
import pg from 'pg';

/** Milliseconds between attempts to reach the server again. */
const PAUSE_BETWEEN_ATTEMPTS = 1_000;
const CONNECT_TIMEOUT = 5_000;

export type Listener = { stop(): Promise<void> };

/**
 * Calls `onNotify` for every notification on the channel, and once after each connection: what was said
 * meanwhile is lost.
 */
export function listenTo(
  url: string,
  channel: string,
  onNotify: () => void,
  log: FastifyBaseLogger,
): Listener {
  const stopping = new AbortController();
  let client: pg.Client | null = null;

  async function listen(): Promise<void> {
    while (!stopping.signal.aborted) {
      client = new pg.Client({
        connectionString: url,
        connectionTimeoutMillis: CONNECT_TIMEOUT,
        keepAlive: true,
        application_name: 'masthead listener',
      });
      await listenOnce(client, channel, onNotify).catch((error: unknown) => {
        if (!stopping.signal.aborted) log.warn({ err: error, channel }, 'not listening; polling goes on');
      });
      await sleep(PAUSE_BETWEEN_ATTEMPTS, null, { signal: stopping.signal }).catch(() => {});
    }
  }

  const ended = listen();
  return {
    async stop() {
      stopping.abort();
      await client?.end().catch(() => {});
      await ended;
    },
  };
}

/** Resolves or rejects when the connection ends. */
async function listenOnce(client: pg.Client, channel: string, onNotify: () => void): Promise<void> {
  const lost = new Promise<void>((resolve, reject) => {
    client.on('error', reject);
    client.on('end', resolve);
  });
  // Its rejection before anybody awaits it is not unhandled: the await below takes it.
  lost.catch(() => {});
  await client.connect();
  client.on('notification', onNotify);
  await client.query(`LISTEN ${client.escapeIdentifier(channel)}`);
  onNotify();
  await lost;
}
