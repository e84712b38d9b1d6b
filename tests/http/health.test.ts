import { expect, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { useMasthead } from '../support/app.ts';

const masthead = useMasthead();

test.each(['/health/live', '/health/ready'])('%s names the release that runs', async (url) => {
  expect(await masthead.anonymous.get(url)).toMatchObject({
    status: 200,
    headers: { 'cache-control': 'no-store' },
    body: { status: 'ok', version: manifest.version },
  });
});
