import { describe, expect, test } from 'vitest';
import { useMasthead } from '../support/app.ts';
import { makeNewsletter, makeReadyIssue, publish } from '../support/factories.ts';
import { injectAtDoor } from '../support/inject.ts';
import { withdraw } from './reading.ts';

const masthead = useMasthead();

const read = (url: string, method: 'GET' | 'HEAD' = 'GET') => injectAtDoor(masthead.app, { url, method });

/** A newsletter with a draft, and the address at which readers will find it. */
async function makeDraft() {
  const newsletter = await makeNewsletter(masthead);
  const issue = await makeReadyIssue(masthead, { newsletterId: newsletter.id });
  return { issue, url: `/content/v1/newsletters/${newsletter.slug}/issues/${issue.number}` };
}

describe('an address that leads nowhere', () => {
  test('its kept answer is the one that was sent first, and a HEAD has no body', async () => {
    const { url } = await makeDraft();
    const [first, kept, head] = [await read(url), await read(url), await read(url, 'HEAD')];
    expect(masthead.responses.findMissing(url)).not.toBeNull();
    expect(first.statusCode).toBe(404);
    const { date: _, connection: _connection, ...headers } = first.headers;
    expect(kept).toMatchObject({ statusCode: 404, body: first.body, headers });
    expect(head).toMatchObject({ statusCode: 404, body: '', headers });
  });

  test('it answers 200 as soon as something is published there, and 404 when it is withdrawn', async () => {
    const { issue, url } = await makeDraft();
    await read(url);
    expect((await read(url)).statusCode).toBe(404);
    await publish(masthead, issue.id);
    expect((await read(url)).statusCode).toBe(200);
    await withdraw(masthead, issue.id);
    expect([(await read(url)).statusCode, (await read(url)).statusCode]).toEqual([404, 404]);
  });

  test('its answer is not kept for requests that are refused or that no route answers', async () => {
    for (const [address, status] of [
      ['/content/v1/nothing', 404],
      ['/content/v1/newsletters?limit=0', 400],
    ] as const) {
      expect((await read(address)).statusCode).toBe(status);
      expect(masthead.responses.findMissing(address)).toBeNull();
    }
  });
});
