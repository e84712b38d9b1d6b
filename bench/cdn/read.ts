import { Agent, request } from 'node:http';

const agent = new Agent({ keepAlive: true });

export type Answer = { status: number; isHit: boolean; body: string };

/** As it comes, plain; over a connection that is kept. */
export function read(url: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { agent, timeout: 10_000 }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.once('error', reject);
      response.once('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          // Varnish names the request that fetched it where that is another one.
          isHit: String(response.headers['x-varnish']).includes(' '),
          body: Buffer.concat(chunks).toString(),
        }),
      );
    });
    asked.once('timeout', () => asked.destroy(new Error(`${url} does not answer`)));
    asked.once('error', reject).end();
  });
}
