import { expect } from 'vitest';
import type { Answer } from './app.ts';

/**
 * Sends `count` requests at the same time. Requests wait for a connection and for locks of each other. One that waits
 * for 5 seconds returns 503 with Retry-After and has changed nothing, and then it is sent again, as clients do.
 */
export function sendTogether(count: number, send: (index: number) => Promise<Answer>): Promise<Answer[]> {
  return Promise.all(Array.from({ length: count }, (_, index) => untilServed(() => send(index))));
}

async function untilServed(send: () => Promise<Answer>): Promise<Answer> {
  for (;;) {
    const answer = await send();
    if (answer.status !== 503) return answer;
    expect(answer).toMatchObject({
      headers: { 'retry-after': expect.anything() },
      body: { type: 'http://masthead.test/problems/database-unavailable' },
    });
  }
}
