import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ask } from './reading.ts';

/** Forwards purges to a cache and records the soft purges that it has carried out. */
export async function startPurgeRelay(cache: string) {
  /** The keys of each soft purge. */
  const softPurges: string[] = [];
  const server = createServer(async ({ method = '', headers }, response) => {
    const passed = ['xkey-purge', 'xkey-softpurge'].flatMap((name) => {
      const value = headers[name];
      return typeof value === 'string' ? [[name, value] as const] : [];
    });
    const { status } = await ask(cache, { method, headers: Object.fromEntries(passed) });
    for (const [name, keys] of passed) if (name === 'xkey-softpurge') softPurges.push(keys);
    response.writeHead(status).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    softPurges,
    async stop() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
