import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { expect, test } from 'vitest';
import { systemContext } from '../../src/context.ts';
import { openDatabase } from '../../src/database/client.ts';
import { announceStale } from '../../src/modules/events/announce-stale.ts';
import { STALE_CHANNEL } from '../../src/prepared/stale-channel.ts';
import { useTestDatabase } from '../support/database.ts';

const testDatabase = useTestDatabase();

test('every stale key reaches a listener in order, even if they do not fit into one notification', async () => {
  const keys = Array.from({ length: 450 }, () => `newsletter:${randomUUID()}`);
  const heard: string[] = [];
  const listener = new pg.Client({ connectionString: testDatabase.url });
  const database = openDatabase(testDatabase.url, { onError: () => {} });
  try {
    await listener.connect();
    listener.on('notification', ({ payload = '' }) => heard.push(...payload.split(' ')));
    await listener.query(`LISTEN ${STALE_CHANNEL}`);
    await announceStale(systemContext(database.prisma, 'test'), keys);
    await expect.poll(() => heard.length).toBe(keys.length);
    expect(heard).toEqual(keys);
  } finally {
    await listener.end();
    await database.close();
  }
});
