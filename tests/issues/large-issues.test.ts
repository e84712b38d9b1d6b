import { describe, expect, it } from 'vitest';
import { useMasthead } from '../support/app.ts';
import { countStatements } from '../support/count-statements.ts';
import { makeIssue, makeMedia, makeNewsletter } from '../support/factories.ts';
import { readIssue } from './outlines.ts';

const masthead = useMasthead();

/** With items that have all that there is to write. */
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

describe('An issue of three hundred items', () => {
  it('is written, read, replaced and checked quickly', async () => {
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
    // The clock on the wall would count what else the machine does.
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1_000).toBeLessThan(4_000);

    expect(readiness.body.ready).toBe(true);
    expect(await readIssue(masthead, id)).toMatchObject({ revision: 2, sections });
    expect(sections.map(({ items }: { items: unknown[] }) => items.length)).toEqual([100, 100, 100]);
  });

  it('takes no more statements than one of three', async () => {
    const { id: mediaId } = await makeMedia(masthead);
    const { id: newsletterId } = await makeNewsletter(masthead);
    const write = (items: number) =>
      countStatements(() => makeIssue(masthead, { newsletterId, sections: sectionsOf(3, items, mediaId) }));
    const few = await write(1);
    expect(few).toBeGreaterThan(5);
    expect(await write(100)).toBe(few);
  });
});

describe('The largest issue', () => {
  it('has five hundred items in fifty sections', async () => {
    const items = Array.from({ length: 10 }, () => ({ kind: 'note' }));
    const { id } = await makeIssue(masthead, {
      sections: Array.from({ length: 50 }, () => ({ title: 'S', items })),
    });
    const { sections } = await readIssue(masthead, id);
    expect(sections.flatMap((section: { items: unknown[] }) => section.items)).toHaveLength(500);
  });
});
