import { once } from 'node:events';
import { type Agent, get, globalAgent, IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';

export type RawAnswer = { status: number; headers: Record<string, string>; bytes: Buffer };

/** Milliseconds between two looks, and looks at most, until a body is there in the encoding that is asked for. */
const PAUSE = 20;
const MOST_LOOKS = 500;

/** What goes over the wire: fetch would ask for encodings of its own, and decode them. */
export async function getRaw(
  url: string,
  headers: Record<string, string> = {},
  agent: Agent = globalAgent,
): Promise<RawAnswer> {
  const request = get(url, { headers, agent });
  const [response] = await once(request, 'response');
  if (!(response instanceof IncomingMessage)) throw new TypeError('Not a response');
  return {
    status: response.statusCode ?? 0,
    headers: Object.fromEntries(
      Object.entries(response.headers).map(([name, value]) => [name, String(value)]),
    ),
    bytes: await buffer(response),
  };
}

/** Masthead encodes a body off the request's path: who asks first gets it plain. */
export async function getBrotli(url: string): Promise<RawAnswer> {
  for (let look = 0; look < MOST_LOOKS; look += 1) {
    const answer = await getRaw(url, { 'accept-encoding': 'br' });
    if (answer.headers['content-encoding'] === 'br') return answer;
    await sleep(PAUSE);
  }
  throw new Error(`${url} never came as brotli`);
}
