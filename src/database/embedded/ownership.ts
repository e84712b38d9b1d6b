import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from 'pg';
import type { Cluster } from './cluster.ts';
import { connectTo, type Server } from './server.ts';

/** Advisory locks differ by number; this is the only one in the `postgres` database. */
const mark = 7_251_900_411;

/**
 * Who owns an embedded server holds an advisory lock in it, which ends with the owner's process however
 * that ends. A server without an owner was left behind, and may be adopted.
 */
export class Ownership {
  readonly #takeMark: () => Promise<Client | null>;
  readonly #log: (message: string) => void;
  #client: Client | null = null;
  #isWanted = true;

  private constructor(takeMark: () => Promise<Client | null>, log: (message: string) => void) {
    this.#takeMark = takeMark;
    this.#log = log;
  }

  /** Null: somebody else has it. */
  static async take(
    cluster: Cluster,
    server: Server,
    log: (message: string) => void,
  ): Promise<Ownership | null> {
    const client = await takeMark(cluster, server);
    if (client === null) return null;
    const ownership = new Ownership(() => takeMark(cluster, server), log);
    ownership.#keep(client);
    return ownership;
  }

  /** The mark stays until the server is down, so that nobody adopts a server that is about to stop. */
  async end(stopServer: () => Promise<void>): Promise<void> {
    this.#isWanted = false;
    await stopServer();
    await this.#client?.end();
  }

  #keep(client: Client): void {
    this.#client = client;
    client.once('end', () => this.#retake());
  }

  /** When one of its processes crashes, PostgreSQL breaks off every connection and recovers by itself. */
  async #retake(): Promise<void> {
    if (this.#isWanted) this.#log('The embedded PostgreSQL broke off its connections');
    while (this.#isWanted) {
      const client = await this.#takeMark().catch(() => null);
      if (client !== null) return this.#keep(client);
      await sleep(500, undefined, { ref: false });
    }
  }
}

async function takeMark(cluster: Cluster, server: Server): Promise<Client | null> {
  const client = await connectTo(cluster, server, 'postgres');
  const { rows } = await client.query<{ taken: boolean }>('SELECT pg_try_advisory_lock($1) AS taken', [mark]);
  if (rows[0]?.taken) return client;
  await client.end();
  return null;
}
