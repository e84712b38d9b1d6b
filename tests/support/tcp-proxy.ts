import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A proxy between a node and its database that can fail as networks do. */
export type TcpProxy = {
  /** The connection URL of the database through the proxy. */
  url: string;
  /** Closes all connections and refuses new ones until `mend` is called. */
  cut(): void;
  /** Silently forwards nothing until `mend` is called. */
  freeze(): void;
  mend(): void;
  /** The number of connections so far, without those that were refused. */
  accepted(): number;
  /** The number of connections refused so far. A node whose connection was cut retries only once it has noticed. */
  refused(): number;
  close(): Promise<void>;
};

type State = 'open' | 'cut' | 'frozen';

export async function startTcpProxy(databaseUrl: string): Promise<TcpProxy> {
  const target = new URL(databaseUrl);
  const pairs = new Set<[Socket, Socket]>();
  let state: State = 'open';
  let accepted = 0;
  let refused = 0;

  const server = createServer((client) => {
    if (state === 'cut') {
      refused += 1;
      client.destroy();
      return;
    }
    accepted += 1;
    const upstream = connect(Number(target.port), target.hostname);
    const pair: [Socket, Socket] = [client, upstream];
    pairs.add(pair);
    passOn(client, upstream);
    passOn(upstream, client);
    for (const socket of pair) {
      socket.on('error', () => {});
      socket.once('close', () => {
        for (const other of pair) other.destroy();
        pairs.delete(pair);
      });
    }
    if (state === 'frozen') pauseAll();
  });

  function passOn(from: Socket, to: Socket): void {
    from.pipe(to);
  }

  function pauseAll(): void {
    for (const socket of [...pairs].flat()) socket.unpipe().pause();
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = Object.assign(new URL(databaseUrl), {
    hostname: '127.0.0.1',
    port: String((server.address() as AddressInfo).port),
  }).href;
  return {
    url,
    cut() {
      state = 'cut';
      for (const [client] of pairs) client.destroy();
    },
    freeze() {
      state = 'frozen';
      pauseAll();
    },
    accepted: () => accepted,
    refused: () => refused,
    mend() {
      if (state === 'frozen') {
        for (const [client, upstream] of pairs) {
          passOn(client, upstream);
          passOn(upstream, client);
        }
      }
      state = 'open';
    },
    async close() {
      for (const [client] of pairs) client.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
