import pg from 'pg';

/** Called once for each connection that ends though nobody closed it. */
export type OnLoss = (error: Error) => void;

/** Every client outside a pool is made here. */
export function makeClient(config: pg.ClientConfig, onLoss: OnLoss = ignore): pg.Client {
  return surviveLoss(new pg.Client(config), onLoss);
}

/** Every pool is made here. */
export function makePool(config: pg.PoolConfig, onLoss: OnLoss = ignore): pg.Pool {
  class SurvivingClient extends pg.Client {
    constructor(options?: pg.ClientConfig) {
      super(options);
      surviveLoss(this, onLoss);
    }
  }
  // The pool repeats the errors of its idle clients, which onLoss has heard of.
  return new pg.Pool({ ...config, Client: SurvivingClient }).on('error', ignore);
}

/**
 * An `error` event without a listener ends the process. A client emits one when its connection fails and none of its
 * queries is there to be rejected (pg 8.23, lib/client.js):
 * - When a FATAL such as 57P01 follows ReadyForQuery in one packet. pg handles the whole packet before the code that
 *   awaits the query continues, so the next query has not been sent yet. This happens after a login, after a query
 *   outside a transaction, after BEGIN, and between COMMIT and the release of the client.
 * - When the socket closes before `end` was called. This follows even if a query was rejected with the FATAL.
 * - When hashing the password fails during a login. All other failures of a login reject `connect`.
 *
 * The other listeners do not cover all of this. pg-pool 3 adds its own after the login and removes it while a client
 * is lent. Prisma's adapter adds one for the length of a transaction, and only once its `await pool.connect()`
 * continues, which may be after the FATAL.
 */
function surviveLoss<Client extends pg.ClientBase>(client: Client, onLoss: OnLoss): Client {
  // A FATAL and the close of the socket after it are two errors but one loss.
  client.once('error', onLoss);
  client.on('error', ignore);
  return client;
}

function ignore(): void {}
