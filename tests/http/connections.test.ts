import { expect, test } from 'vitest';
import { useMasthead } from '../support/app.ts';

const masthead = useMasthead();

test('Every wait for a client ends: for its head, its body, its next word, its next request', async () => {
  const { server } = masthead.app;
  expect(server).toMatchObject({
    headersTimeout: 20_000,
    requestTimeout: 120_000,
    keepAliveTimeout: 72_000,
    timeout: 120_000,
  });
});
