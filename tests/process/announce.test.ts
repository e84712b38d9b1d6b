import { expect, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { describeStart } from '../../src/process/announce.ts';

const address = 'http://127.0.0.1:3000';

test('The start names the release and the addresses', () => {
  const text = describeStart({ address, newest: null, firstKey: null });

  expect(text).toContain(`Masthead ${manifest.version} is running.`);
  for (const path of ['/admin/v1', '/content/v1', '/docs']) expect(text).toContain(`${address}${path}\n`);
  expect(text).not.toMatch(/Admin key|curl/);
});

test('The start shows a key that was just made, and how to read the newest issue', () => {
  const newest = { newsletterSlug: 'letter', newsletterTitle: 'Letter', number: 3, title: 'Third' };
  const text = describeStart({ address, newest, firstKey: 'mast_secret' });

  expect(text).toMatch(/Admin key +mast_secret\n/);
  expect(text).toContain(`curl ${address}/content/v1/newsletters/letter/issues/latest\n`);
});
