import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from 'pg';
import type { Cluster } from './cluster.ts';
import { connectTo, type Server } from './server.ts';

/** Key of the only advisory lock in the `postgres` database. */
const OWNER_LOCK_KEY = 7_251_900_411;

/**
 * The process that owns an embedded server holds an advisory lock in it. PostgreSQL releases the lock when the process
 * ends in any way. A server without an owner was left running, and another process may take it over.
 */
export class Ownership {
  readonly #takeLock: () => Promise<Client | null>;
  readonly #log: (message: string) => void;
  #client: Client | null = null;
  #isWanted = true;

  private constructor(takeLock: () => Promise<Client | null>, log: (message: string) => void) {
    this.#takeLock = takeLock;
    this.#log = log;
  }

  /** Returns null if another process owns the server. */
  static async take(
    cluster: Cluster,
    server: Server,
    log: (message: string) => void,
  ): Promise<Ownership | null> {
    const client = await takeLock(cluster, server);
    if (client === null) return null;
    const ownership = new Ownership(() => takeLock(cluster, server), log);
    ownership.#hold(client);
    return ownership;
  }

  /** Holds the lock until the server has stopped, so that no process takes over a server that is about to stop. */
  async end(stopServer: () => Promise<void>): Promise<void> {
    this.#isWanted = false;
    await stopServer();
    await this.#client?.end();
  }

  #hold(client: Client): void {
    this.#client = client;
    client.once('end', () => this.#retake());
  }

  /** When one of its processes crashes, PostgreSQL closes all connections and recovers by itself. */
  async #retake(): Promise<void> {
    if (this.#isWanted) this.#log('The embedded PostgreSQL closed its connections');
    while (this.#isWanted) {
      const client = await this.#takeLock().catch(() => null);
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
