import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/**
 * A proxy in front of PostgreSQL that shows each statement before the server gets it. It passes nothing more of the
 * connection on while `onStatement` runs, and nothing at all if it returns false.
 */
export type StatementTap = {
  url: string;
  close(): Promise<void>;
};

/** Called with the SQL of each Parse and Query message, and with the number of the connection. */
export type OnStatement = (sql: string, connection: number) => boolean;

export async function startStatementTap(
  databaseUrl: string,
  onStatement: OnStatement,
): Promise<StatementTap> {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  let connections = 0;
  const server = createServer((client) => {
    connections += 1;
    const connection = connections;
    const upstream = connect(Number(target.port), target.hostname);
    for (const socket of [client, upstream]) {
      sockets.add(socket.on('error', () => {}));
      socket.once('close', () => {
        sockets.delete(socket);
        client.destroy();
        upstream.destroy();
      });
    }
    upstream.pipe(client);
    passOn(client, upstream, (sql) => onStatement(sql, connection));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: Object.assign(new URL(databaseUrl), { hostname: '127.0.0.1', port: String(port) }).href,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** https://www.postgresql.org/docs/current/protocol-message-formats.html */
function passOn(client: Socket, upstream: Socket, onStatement: (sql: string) => boolean): void {
  let unread = Buffer.alloc(0);
  let isStarted = false;
  client.on('data', (chunk: Buffer) => {
    unread = Buffer.concat([unread, chunk]);
    for (;;) {
      // The first message has no type.
      const head = isStarted ? 1 : 0;
      if (unread.length < head + 4) return;
      const end = head + unread.readUInt32BE(head);
      if (unread.length < end) return;
      const message = unread.subarray(0, end);
      unread = unread.subarray(end);
      const sql = isStarted ? sqlOf(message) : null;
      isStarted = true;
      if (sql !== null && !onStatement(sql)) {
        client.destroy();
        return;
      }
      upstream.write(message);
    }
  });
}

function sqlOf(message: Buffer): string | null {
  const type = String.fromCharCode(message.readUInt8());
  const strings = message.subarray(5).toString('utf8').split('\0');
  if (type === 'Q') return strings[0] ?? '';
  // Parse: the name of the statement, then its text.
  return type === 'P' ? (strings[1] ?? '') : null;
}
