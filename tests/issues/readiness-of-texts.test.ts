import { describe, expect, test } from 'vitest';
import { useMasthead } from '../support/app.ts';
import { makeIssue, makeMedia } from '../support/factories.ts';

const masthead = useMasthead();
const note = (body: string) => ({ kind: 'note', title: 'A note', body });
const readiness = async (fields: object) => {
  const { id } = await makeIssue(masthead, { title: 'An issue', ...fields });
  return (await masthead.as('viewer').get(`/admin/v1/issues/${id}/readiness`)).body;
};

describe('the warning about left-out markup', () => {
  test.each([
    ['raw HTML', '<div>All my words</div>'],
    ['raw HTML within text', 'Some <b>bold</b> words'],
    ['an HTML comment', '<!-- later -->'],
    ['a javascript: link', '[x](javascript:alert(1))'],
    ['a reference-style ftp: link', '[x][y]\n\n[y]: ftp://example.org/x'],
  ])('the checklist warns about %s', async (_what, body) => {
    const { warnings } = await readiness({ intro: body, sections: [{ title: 'A', items: [note(body)] }] });
    const pointers = warnings
      .filter(({ code }: { code: string }) => code === 'markup_left_out')
      .map(({ pointer }: { pointer: string }) => pointer);
    expect(pointers).toEqual(['/intro', '/sections/0/items/0/body']);
  });

  test.each([
    '[x](https://example.org)',
    '[x](/rel?a=b:c)',
    '[x](#part)',
    '<https://example.org>',
    '[x](mailto:a@example.org)',
    '`<b>`',
  ])('the text %s gives no warning', async (body) => {
    const { warnings } = await readiness({ sections: [{ title: 'A', items: [note(body)] }] });
    expect(warnings.filter(({ code }: { code: string }) => code === 'markup_left_out')).toEqual([]);
  });
});

test('an issue with more text than a node can render in reasonable time has the single problem too_long', async () => {
  const body = 'word '.repeat(20_000);
  const sections = [{ title: 'A', items: Array.from({ length: 4 }, () => note(body)) }];
  expect(await readiness({ sections })).toEqual({
    ready: false,
    problems: [expect.objectContaining({ pointer: '', code: 'too_long' })],
    warnings: [],
  });
});

test.each([
  [1_000, true],
  [1_001, false],
])('the readiness of an issue that shows %i images is %j', async (count, ready) => {
  const { id } = await makeMedia(masthead, { alt: 'x', creditText: 'Ada' });
  const show = (times: number) => `${'![a] '.repeat(times)}\n\n[a]: media:${id}`;
  const item = { ...note(show(count - 703)), figures: [{ mediaId: id }] };
  const sections = [{ title: 'A', intro: show(200), items: [item, note(show(2))] }];
  expect(await readiness({ intro: show(300), signOff: show(200), sections })).toEqual({
    ready,
    problems: ready ? [] : [expect.objectContaining({ pointer: '', code: 'too_many_images' })],
    warnings: [],
  });
});
