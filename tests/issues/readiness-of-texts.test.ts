import { describe, expect, test } from 'vitest';
import { useMasthead } from '../support/app.ts';
import { makeIssue, makeMedia } from '../support/factories.ts';

const masthead = useMasthead();
const note = (body: string) => ({ kind: 'note', title: 'A note', body });
const readiness = async (fields: object) => {
  const { id } = await makeIssue(masthead, { title: 'An issue', ...fields });
  return (await masthead.as('viewer').get(`/admin/v1/issues/${id}/readiness`)).body;
};

describe('the warnings about what readers do not get', () => {
  test.each([
    [
      'markup without an equivalent',
      'Now. <!-- later -->',
      'markup_left_out',
      'a comment (its content is lost)',
    ],
    ['a relative image', 'a ![pic](/img/a.png)', 'image_left_out', '/img/a.png'],
    [
      'an image of another site without alt text',
      '![](https://a.example/x.png)',
      'image_alt_missing',
      'x.png',
    ],
    ['a name of an emoji', 'Off :rocket: we go', 'emoji_shortcode', ':rocket:'],
  ])('the checklist warns about %s, and names it and its line', async (_what, body, code, name) => {
    const text = `First.\n\n${body}`;
    const sections = [{ title: 'A', intro: text, items: [note(text)] }];
    const { ready, warnings } = await readiness({ intro: text, signOff: text, sections });
    expect(ready).toBe(true);
    expect(warnings).toEqual(
      ['/intro', '/sections/0/intro', '/sections/0/items/0/body', '/signOff'].map((pointer) => ({
        ...{ pointer, code, remedy: expect.stringMatching(/\w.*\.$/) },
        message: expect.stringMatching(new RegExp(`^has .*${name.replaceAll(/[()/.]/g, '.')}.* on line 3$`)),
      })),
    );
  });

  test('there are none about markup that readers get', async () => {
    const body = '[x](/rel?a=b:c) `<b>` Some <b>bold</b> words<br>and H<sub>2</sub>O, Set<T>, $5 and $x$';
    const { warnings } = await readiness({ sections: [{ title: 'A', items: [note(body)] }] });
    expect(warnings).toEqual([]);
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
