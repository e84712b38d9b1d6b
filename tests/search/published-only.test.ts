import { describe, expect, test } from 'vitest';
import { withdraw } from '../delivery/reading.ts';
import { useMasthead } from '../support/app.ts';
import { publish, schedule } from '../support/factories.ts';
import { makeLetter } from './searching.ts';

const masthead = useMasthead();
const anyRevision = { 'if-match': '*' };
const nothing = { data: [], total: 0, correctedQuery: null, facets: { tags: [], years: [] } };

describe('unpublished words', () => {
  test('words of drafts and scheduled issues are not found, not even by a typo or in all newsletters', async () => {
    const letter = await makeLetter(masthead);
    await letter.publish({ items: [{ body: 'A river.' }] });
    await letter.draft({ title: 'Secretariat', tags: ['hush'], items: [{ body: 'classified' }] });
    const scheduled = await letter.draft({ items: [{ body: 'embargoed' }] });
    await schedule(masthead, scheduled.id);
    for (const q of [
      'secretariat',
      'classified',
      'embargoed',
      'classifeid',
      'embargoes',
      'secr',
      'river -x classi',
    ]) {
      expect.soft((await letter.search(q)).body, q).toMatchObject(nothing);
      const all = await masthead.anonymous.get(`/content/v1/search?q=${encodeURIComponent(q)}`);
      expect.soft(all.body, q).toMatchObject(nothing);
    }
  });

  test('words of an unpublished change are not found until the issue is published again', async () => {
    const letter = await makeLetter(masthead);
    const issue = await letter.publish({ title: 'Formerly', tags: ['old'], items: [{ body: 'yesterday' }] });
    await masthead
      .as('author')
      .patch(
        `/admin/v1/issues/${issue.id}`,
        { title: 'Afterwards', tags: ['new'], intro: 'tomorrow' },
        anyRevision,
      );
    for (const q of ['afterwards', 'tomorrow']) expect(await letter.find(q)).toEqual([]);
    expect((await letter.search('formerly')).body.facets.tags).toEqual([{ tag: 'old', count: 1 }]);
    await publish(masthead, issue.id);
    for (const q of ['afterwards', 'tomorrow']) expect(await letter.find(q)).toEqual(['Afterwards']);
    expect(await letter.find('formerly')).toEqual([]);
    expect((await letter.search('yesterday')).body.facets.tags).toEqual([{ tag: 'new', count: 1 }]);
  });
});

describe('words that are no longer published', () => {
  test('words of a withdrawn issue are not found, not completed and not offered as corrections', async () => {
    const letter = await makeLetter(masthead);
    await letter.publish({ tags: ['kept'], items: [{ title: 'Kept', body: 'attention' }] });
    const issue = await letter.publish({
      tags: ['gone'],
      items: [{ title: 'Gone', body: 'attentoin retracted' }],
    });
    expect(await letter.find('retracted')).toEqual(['Gone']);
    await withdraw(masthead, issue.id);
    for (const q of ['retracted', 'retr', 'retractde']) {
      expect.soft((await letter.search(q)).body, q).toMatchObject(nothing);
    }
    // The nearest word that was ever published is the withdrawn word itself.
    expect((await letter.search('attentoin')).body).toMatchObject({ total: 1, correctedQuery: 'attention' });
    expect((await letter.search('retracted or attention')).body.facets.tags).toEqual([
      { tag: 'kept', count: 1 },
    ]);
  });

  test('words that a new edition removes are not found', async () => {
    const letter = await makeLetter(masthead);
    const issue = await letter.publish({
      items: [
        { title: 'First', body: 'mistaken' },
        { title: 'Second', body: 'x' },
      ],
    });
    const item = { kind: 'note', title: 'Only', body: 'corrected' };
    await masthead
      .as('author')
      .put(
        `/admin/v1/issues/${issue.id}/content`,
        { sections: [{ title: 'S', items: [item] }] },
        anyRevision,
      );
    expect(await letter.find('mistaken')).toEqual(['First']);
    await publish(masthead, issue.id);
    expect(await letter.find('mistaken')).toEqual([]);
    expect(await letter.find('second')).toEqual([]);
    expect(await letter.find('corrected')).toEqual(['Only']);
  });

  test('words of a withdrawn issue are found again after it is republished', async () => {
    const letter = await makeLetter(masthead);
    const issue = await letter.publish({ items: [{ title: 'Again', body: 'phoenix' }] });
    await withdraw(masthead, issue.id);
    await publish(masthead, issue.id);
    expect(await letter.find('phoenix')).toEqual(['Again']);
  });
});

test('a search in a newsletter without published issues finds nothing', async () => {
  const letter = await makeLetter(masthead);
  expect((await letter.search('anything')).body).toMatchObject(nothing);
});

test('a newsletter whose issues were indexed can be deleted after them', async () => {
  const letter = await makeLetter(masthead);
  const issue = await letter.publish({ items: [{ body: 'ephemeral' }] });
  await withdraw(masthead, issue.id);
  await masthead.as('editor').delete(`/admin/v1/issues/${issue.id}`, anyRevision);
  expect((await masthead.as('admin').delete(`/admin/v1/newsletters/${letter.id}`)).status).toBe(204);
});

test('issues of a newsletter with the same words can be published at the same time', async () => {
  const letter = await makeLetter(masthead);
  const words = Array.from({ length: 300 }, (_, index) => `shared${index}word`);
  const issues = await Promise.all(
    Array.from({ length: 6 }, (_, index) =>
      letter.draft({ items: [{ title: `Item ${index}`, body: words.toSorted(() => index - 3).join(' ') }] }),
    ),
  );
  await Promise.all(issues.map(({ id }) => publish(masthead, id)));
  expect(await letter.find('shared7word')).toHaveLength(6);
});
