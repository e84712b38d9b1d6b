import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** Ends connections with FATAL 57P01, as PostgreSQL does in a failover and for pg_terminate_backend. */
export type PostgresProxy = {
  /** The database's address, by way of the proxy. */
  url: string;
  /** Until `mend`. */
  inject(fault: Fault): void;
  /** How many connections the fault has ended. */
  injected(): number;
  mend(): void;
  close(): Promise<void>;
};

export type Fault = {
  /** Which exchanges with the server fail. `query` is one outside a transaction, `commit` may be a ROLLBACK. */
  moment: 'login' | 'query' | 'begin' | 'commit';
  /** In place of the server's answer, or after it in the same packet. */
  place: 'instead' | 'after';
  /** 3: every third of these exchanges fails. */
  every: number;
};

/** https://www.postgresql.org/docs/current/protocol-message-formats.html */
type Message = { type: string; body: Buffer; bytes: Buffer };

const FATAL = errorResponse({
  S: 'FATAL',
  V: 'FATAL',
  C: '57P01',
  M: 'terminating connection due to administrator command',
});

export async function startPostgresProxy(databaseUrl: string): Promise<PostgresProxy> {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  let fault: Fault | undefined;
  let exchanges = 0;
  let injected = 0;

  const server = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname);
    for (const socket of [client, upstream]) {
      sockets.add(socket.on('error', () => {}));
      socket.once('close', () => sockets.delete(socket));
    }
    client.pipe(upstream);
    client.once('close', () => upstream.destroy());
    passAnswersOn(upstream, client, placeOfFault);
  });

  function placeOfFault(moment: Fault['moment'] | null): Fault['place'] | null {
    if (fault === undefined || moment !== fault.moment) return null;
    exchanges += 1;
    if (exchanges % fault.every !== 0) return null;
    injected += 1;
    return fault.place;
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: Object.assign(new URL(databaseUrl), { hostname: '127.0.0.1', port: String(port) }).href,
    inject(wanted) {
      fault = wanted;
      exchanges = 0;
      injected = 0;
    },
    injected: () => injected,
    mend() {
      fault = undefined;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Each answer goes out whole, in one packet, once the server is ready for the next query. */
function passAnswersOn(
  upstream: Socket,
  client: Socket,
  placeOfFault: (moment: Fault['moment'] | null) => Fault['place'] | null,
): void {
  let unread = Buffer.alloc(0);
  let answer: Message[] = [];
  let isLogin = true;

  upstream.on('data', (chunk) => {
    unread = Buffer.concat([unread, chunk]);
    for (let message = readMessage(unread); message !== null; message = readMessage(unread)) {
      unread = unread.subarray(message.bytes.length);
      answer.push(message);
      if (message.type === READY) endExchange();
      // Neither the steps of a login nor notifications are followed by ReadyForQuery.
      else if (message.type === AUTHENTICATION || message.type === NOTIFICATION) send();
      if (client.writableEnded) return;
    }
  });
  upstream.once('close', () => {
    send();
    client.end();
  });

  function endExchange(): void {
    const place = placeOfFault(isLogin ? 'login' : momentOf(answer));
    isLogin = false;
    if (place === 'instead') answer = [];
    send(place === null ? [] : [FATAL]);
    if (place === null) return;
    client.end();
    upstream.destroy();
  }

  function send(more: Buffer[] = []): void {
    if (!client.writable) return;
    client.write(Buffer.concat([...answer.map(({ bytes }) => bytes), ...more]));
    answer = [];
  }
}

const [AUTHENTICATION, NOTIFICATION, COMMAND_COMPLETE, READY] = ['R', 'A', 'C', 'Z'];
const IDLE = 'I';

/** Null: there is no whole message yet. */
function readMessage(bytes: Buffer): Message | null {
  if (bytes.length < 5) return null;
  const end = 1 + bytes.readUInt32BE(1);
  if (bytes.length < end) return null;
  return {
    type: String.fromCharCode(bytes.readUInt8()),
    body: bytes.subarray(5, end),
    bytes: bytes.subarray(0, end),
  };
}

/** Null: within a transaction. */
function momentOf(answer: readonly Message[]): Fault['moment'] | null {
  const commands = answer
    .filter(({ type }) => type === COMMAND_COMPLETE)
    .map(({ body }) => body.toString('latin1').replace('\0', ''));
  if (commands.includes('BEGIN')) return 'begin';
  if (commands.includes('COMMIT') || commands.includes('ROLLBACK')) return 'commit';
  return answer.at(-1)?.body.toString('latin1') === IDLE ? 'query' : null;
}

function errorResponse(fields: Record<string, string>): Buffer {
  const text = Object.entries(fields).map(([name, value]) => `${name}${value}\0`);
  const body = Buffer.from(`${text.join('')}\0`);
  const head = Buffer.from('E\0\0\0\0');
  head.writeUInt32BE(4 + body.length, 1);
  return Buffer.concat([head, body]);
}
