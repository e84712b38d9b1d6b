import { request } from 'node:http';

/** An answer as it came over the wire: nothing is decoded. */
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

/** Varnish names two requests where it answers with what an earlier one fetched. */
export function isHit({ headers }: Received): boolean {
  return /^\d+ \d+$/.test(String(headers['x-varnish']));
}
