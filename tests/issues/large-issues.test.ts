import { describe, expect, test } from 'vitest';
import { useMasthead } from '../support/app.ts';
import { countStatements } from '../support/count-statements.ts';
import { makeIssue, makeMedia, makeNewsletter } from '../support/factories.ts';
import { readIssue } from './outlines.ts';

const masthead = useMasthead();

/** Sections whose items have a body, links, tags and figures. */
function sectionsOf(count: number, items: number, mediaId: string) {
  const item = (index: number) => ({
    kind: 'link',
    title: `Item ${index}`,
    body: `A paragraph of *some* words.\n\n![](media:${mediaId})\n\nAnd [another](https://example.org).`,
    links: [{ label: 'Read it', url: `https://example.org/${index}`, rel: 'source' }],
    tags: ['a', 'b'],
    figures: [{ mediaId, caption: 'C' }],
  });
  const section = { title: 'Links', items: Array.from({ length: items }, (_, index) => item(index)) };
  return Array.from({ length: count }, () => section);
}

describe('an issue with three hundred items', () => {
  test('creating, reading, replacing and checking it takes less than 4 seconds of CPU time', async () => {
    const { id: mediaId } = await makeMedia(masthead, { alt: 'x' });
    const { id: newsletterId } = await makeNewsletter(masthead);
    const before = process.cpuUsage();
    const { id } = await makeIssue(masthead, {
      newsletterId,
      title: 'Long',
      sections: sectionsOf(3, 100, mediaId),
    });
    const { sections } = await readIssue(masthead, id);
    const path = `/admin/v1/issues/${id}`;
    await masthead.as('author').put(`${path}/content`, { sections }, { 'if-match': '"1"' });
    const readiness = await masthead.as('viewer').get(`${path}/readiness`);
    // CPU time, because wall time also counts what else the machine does.
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1_000).toBeLessThan(4_000);

    expect(readiness.body.ready).toBe(true);
    expect(await readIssue(masthead, id)).toMatchObject({ revision: 2, sections });
    expect(sections.map(({ items }: { items: unknown[] }) => items.length)).toEqual([100, 100, 100]);
  });

  test('creating it takes no more statements than creating an issue with three items', async () => {
    const { id: mediaId } = await makeMedia(masthead);
    const { id: newsletterId } = await makeNewsletter(masthead);
    const write = (items: number) =>
      countStatements(() => makeIssue(masthead, { newsletterId, sections: sectionsOf(3, items, mediaId) }));
    const few = await write(1);
    expect(few).toBeGreaterThan(5);
    expect(await write(100)).toBe(few);
  });
});

describe('the largest issue', () => {
  test('an issue can have five hundred items in fifty sections', async () => {
    const items = Array.from({ length: 10 }, () => ({ kind: 'note' }));
    const { id } = await makeIssue(masthead, {
      sections: Array.from({ length: 50 }, () => ({ title: 'S', items })),
    });
    const { sections } = await readIssue(masthead, id);
    expect(sections.flatMap((section: { items: unknown[] }) => section.items)).toHaveLength(500);
  });
});
