import { once } from 'node:events';
import { type Agent, get, globalAgent, IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';

export type RawAnswer = { status: number; headers: Record<string, string>; bytes: Buffer };

const POLL_INTERVAL_MS = 20;
const MAX_ATTEMPTS = 500;

/** Returns the bytes as sent. fetch would request encodings by itself and decode them. */
export async function getRaw(
  url: string,
  headers: Record<string, string> = {},
  agent: Agent = globalAgent,
): Promise<RawAnswer> {
  const request = get(url, { headers, agent });
  const [response] = await once(request, 'response');
  if (!(response instanceof IncomingMessage)) throw new TypeError('Expected a response');
  return {
    status: response.statusCode ?? 0,
    headers: Object.fromEntries(
      Object.entries(response.headers).map(([name, value]) => [name, String(value)]),
    ),
    bytes: await buffer(response),
  };
}

/** Masthead encodes a body in the background, so the first responses are not encoded. */
export async function getBrotli(url: string): Promise<RawAnswer> {
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
    const answer = await getRaw(url, { 'accept-encoding': 'br' });
    if (answer.headers['content-encoding'] === 'br') return answer;
    await sleep(POLL_INTERVAL_MS);
  }
  throw new Error(`${url} was never sent as brotli`);
}
