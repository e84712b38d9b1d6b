import { request } from 'node:http';

/** A response as received: the body is not decoded. */
export type Received = {
  status: number;
  headers: NodeJS.Dict<string | string[]>;
  bytes: Buffer;
  body: string;
};

type Options = { method?: string; headers?: Record<string, string>; localAddress?: string };

export function ask(url: string, options: Options = {}): Promise<Received> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { agent: false, timeout: 20_000, ...options }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.once('error', reject);
      response.once('end', () => {
        const bytes = Buffer.concat(chunks);
        const { statusCode: status = 0, headers } = response;
        resolve({ status, headers, bytes, body: bytes.toString() });
      });
    });
    asked.once('timeout', () => asked.destroy(new Error(`${url} does not answer`)));
    asked.once('error', reject).end();
  });
}

/** On a hit, X-Varnish names two requests: this one and the one that fetched the response. */
export function isHit({ headers }: Received): boolean {
  return /^\d+ \d+$/.test(String(headers['x-varnish']));
}
