import pg from 'pg';

/** Called once for each connection that is lost, that is, ends without being closed by this process. */
export type OnLoss = (error: Error) => void;

/** Creates every client outside a pool. */
export function makeClient(config: pg.ClientConfig, onLoss: OnLoss = ignore): pg.Client {
  return surviveLoss(new pg.Client(config), onLoss);
}

/** Creates every pool. */
export function makePool(config: pg.PoolConfig, onLoss: OnLoss = ignore): pg.Pool {
  class SurvivingClient extends pg.Client {
    constructor(options?: pg.ClientConfig) {
      super(options);
      surviveLoss(this, onLoss);
    }
  }
  // The pool emits the errors of its idle clients again. onLoss has already received them.
  return new pg.Pool({ ...config, Client: SurvivingClient }).on('error', ignore);
}

/**
 * An `error` event without a listener ends the process. A client emits one when its connection fails and it has no
 * query to reject (pg 8.23, lib/client.js):
 * - When a FATAL such as 57P01 follows ReadyForQuery in one packet. pg handles the whole packet before the code that
 *   awaits the query continues, so the next query has not been sent yet. This happens after a login, after a query
 *   outside a transaction, after BEGIN, and between COMMIT and the release of the client.
 * - When the socket closes before `end` was called. This follows even if a query was rejected with the FATAL.
 * - When hashing the password fails during a login. All other failures of a login reject `connect`.
 *
 * The other listeners do not cover all of this. pg-pool 3 adds its own after the login and removes it while a client
 * is checked out. Prisma's adapter adds one for the duration of a transaction, but only after its
 * `await pool.connect()` continues, which may be after the FATAL.
 */
function surviveLoss<Client extends pg.ClientBase>(client: Client, onLoss: OnLoss): Client {
  // A FATAL and the socket close after it are two errors but one loss.
  client.once('error', onLoss);
  client.on('error', ignore);
  return client;
}

function ignore(): void {}
