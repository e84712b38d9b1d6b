import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { composeFeed } from '../../src/modules/feeds/compose/compose-feed.ts';
import { documentExample } from '../../src/modules/publishing/editions/edition-examples.ts';
import { editionDocument } from '../../src/modules/publishing/editions/edition-schemas.ts';

test('other requests are answered while a feed of long issues is composed', async () => {
  const newsletter = {
    ...{ id: documentExample.id, slug: 'a', title: 'A', tagline: null, language: 'en' },
    ...{ siteUrl: null, issueUrl: null, updatedAt: new Date(0), changedAt: null },
  };
  const html = '<p>Words with a <a href="https://example.org/page">link</a>.</p>'.repeat(5_000);
  const issue = editionDocument.parse({ ...documentExample, intro: { markdown: 'Words', html } });
  const issues = Array.from({ length: 20 }, () => issue);
  const order: string[] = [];
  await Promise.all([
    composeFeed(newsletter, undefined, issues, 'https://a.example').then(() => order.push('feed')),
    nextTurn().then(() => order.push('other request')),
  ]);
  expect(order).toEqual(['other request', 'feed']);
});
