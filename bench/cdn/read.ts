import { Agent, request } from 'node:http';

const agent = new Agent({ keepAlive: true });

export type Answer = { status: number; isHit: boolean; body: string };

/** Reads without asking for an encoding, over a kept-alive connection. */
export function read(url: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { agent, timeout: 10_000 }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.once('error', reject);
      response.once('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          // For a hit, X-Varnish has a second number: the id of the request that fetched the response.
          isHit: String(response.headers['x-varnish']).includes(' '),
          body: Buffer.concat(chunks).toString(),
        }),
      );
    });
    asked.once('timeout', () => asked.destroy(new Error(`${url} timed out`)));
    asked.once('error', reject).end();
  });
}
