import { expect, test } from 'vitest';
import { useMasthead } from '../support/app.ts';

const masthead = useMasthead();

test('the server limits how long it waits for headers, for a whole request, for the next request and on an idle socket', async () => {
  const { server } = masthead.app;
  expect(server).toMatchObject({
    headersTimeout: 20_000,
    requestTimeout: 120_000,
    keepAliveTimeout: 72_000,
    timeout: 120_000,
  });
});
