import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type Cache,
  findFreeAddress,
  isVarnishHere,
  NEEDS_VARNISH,
  startVarnish,
} from '../support/caches.ts';
import { useTestDatabase } from '../support/database.ts';
import { expectWithin } from '../support/expect-within.ts';
import { useNodes } from '../support/nodes.ts';
import { KEY, writeTo } from './newsroom.ts';
import { startPurgeRelay } from './purge-relay.ts';
import { ask } from './reading.ts';

const title = isVarnishHere
  ? 'Varnish in front of two nodes'
  : `Varnish in front of two nodes: ${NEEDS_VARNISH}`;

describe.skipIf(!isVarnishHere)(title, () => {
  const database = useTestDatabase();
  const nodes = useNodes();
  let varnish: Cache;
  let relay: Awaited<ReturnType<typeof startPurgeRelay>>;
  let newsroom: ReturnType<typeof writeTo>;

  beforeAll(async () => {
    const [front, one, other] = await Promise.all([findFreeAddress(), findFreeAddress(), findFreeAddress()]);
    varnish = await startVarnish(one, front, other);
    relay = await startPurgeRelay(front);
    const start = (address: string) =>
      nodes.start(database.url, {
        environment: {
          PORT: new URL(address).port,
          BOOTSTRAP_ADMIN_KEY: KEY,
          SAMPLE_CONTENT: 'false',
          CDN_PURGE_URLS: relay.address,
        },
      });
    newsroom = writeTo((await start(one)).address);
    await start(other);
  });
  afterAll(async () => {
    await relay?.stop();
    await varnish?.stop();
  });

  test('a correction shows within a second and stays, even though the other node learns of it later', async () => {
    const newsletter = await newsroom.makeNewsletter();
    const { id } = await newsroom.makeIssue(newsletter.id, 'First words');
    await newsroom.publish(id);
    const url = `${varnish.address}/content/v1/newsletters/${newsletter.slug}/issues/1`;
    const readTitle = async () => JSON.parse((await ask(url)).body).title;

    const stopReaders = startReaders(url);
    for (let round = 1; round <= 10; round += 1) {
      await newsroom.correct(id, `Words ${round}`);
      await expectWithin(1_000, readTitle, (shown) => expect(shown).toBe(`Words ${round}`));
    }
    // Each node sends one more soft purge after the last correction.
    const before = relay.softPurges.length;
    await expect.poll(() => relay.softPurges.length).toBeGreaterThanOrEqual(before + 2);
    for (let count = 0; count < 20; count += 1) expect(await readTitle()).toBe('Words 10');
    await stopReaders();
  });

  function startReaders(url: string) {
    let isOver = false;
    const keepReading = async () => {
      while (!isOver) await ask(url);
    };
    const ended = Promise.all([keepReading(), keepReading(), keepReading()]);
    return async () => {
      isOver = true;
      await ended;
    };
  }
});
