import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyBaseLogger } from 'fastify';
import pg from 'pg';

/** Milliseconds between attempts to reach the server again. */
const PAUSE_BETWEEN_ATTEMPTS = 1_000;
const CONNECT_TIMEOUT = 5_000;
/** Milliseconds of silence after which the system asks whether the server is still there. */
const KEEP_ALIVE_DELAY = 30_000;
/** Milliseconds that the server has to answer our goodbye. */
const GOODBYE = 1_000;

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

  async function listenUntilStopped(): Promise<void> {
    while (!stopping.signal.aborted) {
      await listenOnce(url, channel, onNotify, stopping.signal).catch((error: unknown) => {
        if (!stopping.signal.aborted) log.warn({ err: error, channel }, 'not listening; polling goes on');
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
  channel: string,
  onNotify: () => void,
  stopping: AbortSignal,
): Promise<void> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: CONNECT_TIMEOUT,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_DELAY,
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
    await Promise.race([lost, listen(client, channel, onNotify).then(() => lost)]);
  } finally {
    stopping.removeEventListener('abort', end);
    await client.end();
  }
}

async function listen(client: pg.Client, channel: string, onNotify: () => void): Promise<void> {
  await client.connect();
  client.on('notification', onNotify);
  await client.query(`LISTEN ${client.escapeIdentifier(channel)}`);
  onNotify();
}
