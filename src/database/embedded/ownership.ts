import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from 'pg';
import type { Cluster } from './cluster.ts';
import { connectTo, runServer, type Server } from './server.ts';

export type OwnershipEvents = {
  log(message: string): void;
  /** The server has died and cannot be started again. */
  onLost(error: unknown): void;
};

/** Key of the only advisory lock in the `postgres` database. */
const OWNER_LOCK_KEY = 7_251_900_411;

/**
 * The process that owns an embedded server holds an advisory lock in it. PostgreSQL releases the lock when the process
 * ends in any way. A server without an owner was left running, and another process may take it over.
 */
export class Ownership {
  readonly #cluster: Cluster;
  readonly #server: Server;
  readonly #events: OwnershipEvents;
  #client: Client | null = null;
  #isWanted = true;
  #retaking: Promise<void> = Promise.resolve();

  private constructor(cluster: Cluster, server: Server, events: OwnershipEvents) {
    this.#cluster = cluster;
    this.#server = server;
    this.#events = events;
  }

  /** Returns null if another process owns the server. */
  static async take(cluster: Cluster, server: Server, events: OwnershipEvents): Promise<Ownership | null> {
    const client = await takeLock(cluster, server);
    if (client === null) return null;
    const ownership = new Ownership(cluster, server, events);
    ownership.#hold(client);
    return ownership;
  }

  /** Holds the lock until the server has stopped, so that no process takes over a server that is about to stop. */
  async end(stopServer: () => Promise<void>): Promise<void> {
    this.#isWanted = false;
    // Otherwise it could start a server after this one has stopped.
    await this.#retaking;
    await stopServer();
    await this.#client?.end();
  }

  #hold(client: Client): void {
    this.#client = client;
    client.once('end', () => {
      if (this.#isWanted) this.#retaking = this.#retake().catch(this.#events.onLost);
    });
  }

  /**
   * When one of its processes crashes, PostgreSQL closes all connections and recovers by itself. A server that has ended,
   * for example because the machine was out of memory, is started again on the same port.
   */
  async #retake(): Promise<void> {
    this.#events.log('The embedded PostgreSQL closed its connections');
    while (this.#isWanted) {
      await runServer(this.#cluster, this.#server.port);
      const client = await takeLock(this.#cluster, this.#server).catch(() => null);
      if (client !== null) return this.#hold(client);
      await sleep(500, undefined, { ref: false });
    }
  }
}

async function takeLock(cluster: Cluster, server: Server): Promise<Client | null> {
  const client = await connectTo(cluster, server, 'postgres');
  const { rows } = await client.query<{ taken: boolean }>('SELECT pg_try_advisory_lock($1) AS taken', [
    OWNER_LOCK_KEY,
  ]);
  if (rows[0]?.taken) return client;
  await client.end();
  return null;
}
