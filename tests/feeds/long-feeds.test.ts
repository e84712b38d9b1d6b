import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { composeFeed } from '../../src/modules/feeds/compose/compose-feed.ts';
import { writeAtom } from '../../src/modules/feeds/write-atom.ts';
import { writeJsonFeed } from '../../src/modules/feeds/write-json-feed.ts';
import { writeRss } from '../../src/modules/feeds/write-rss.ts';
import { documentExample } from '../../src/modules/publishing/editions/edition-examples.ts';
import { editionDocument } from '../../src/modules/publishing/editions/edition-schemas.ts';

const ISSUES = 20;

const newsletter = {
  ...{ id: documentExample.id, slug: 'a', title: 'A', tagline: null, language: 'en' },
  ...{ siteUrl: null, issueUrl: null, updatedAt: new Date(0), changedAt: null },
};
const html = '<p>Words with a <a href="https://example.org/page">link</a>.</p>'.repeat(5_000);
const issue = editionDocument.parse({ ...documentExample, intro: { markdown: 'Words', html } });
const issues = Array.from({ length: ISSUES }, () => issue);
const compose = () => composeFeed(newsletter, undefined, issues, 'https://a.example');

/** How often other requests got a turn while the work went on. */
async function countTurns(work: () => Promise<unknown>): Promise<number> {
  let turns = 0;
  let isOver = false;
  const others = (async () => {
    for (; !isOver; turns += 1) await nextTurn();
  })();
  await work();
  isOver = true;
  await others;
  return turns;
}

describe('a feed of long issues', () => {
  test('other requests are answered between its issues while it is composed', async () => {
    expect(await countTurns(compose)).toBeGreaterThan(ISSUES / 4);
  });

  test.each([writeRss, writeAtom, writeJsonFeed])('and while it is written (%o)', async (write) => {
    const feed = await compose();
    expect(await countTurns(() => write(feed, 'https://a.example/feed'))).toBeGreaterThan(2);
  });
});
