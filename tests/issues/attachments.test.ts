import { describe, expect, test } from 'vitest';
import { useMasthead } from '../support/app.ts';
import { makeMp3, makePdf } from '../support/attachments.ts';
import { makeIssue, makeMedia, makeReadyIssue, schedule } from '../support/factories.ts';
import { expectProblems, placesOf, readChecklist, readWarnings, withItems } from './checklist.ts';

const masthead = useMasthead();
const UNKNOWN = '0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b11';
const item = '/sections/0/items/0';

const makers = {
  'a document': makePdf,
  'a recording': makeMp3,
  'an image without alt text or credit': makeMedia,
};

describe.each(Object.entries(makers))('a link to %s', (_what, make) => {
  test('a link needs no alt text and no credit, and gives no warning', async () => {
    const { id } = await make(masthead);
    const link = `See [the *file*](media:${id}) and [again][f].\n\n[f]: media:${id}`;
    const sections = [{ title: 'A', intro: link, items: [{ kind: 'note', title: 'One', body: link }] }];
    const issue = await makeReadyIssue(masthead, { intro: link, signOff: link, sections });
    expect(await readWarnings(masthead, issue.id)).toEqual([]);
  });

  test('a link is listed as a use, with the item that contains it', async () => {
    const { id } = await make(masthead);
    const issue = await makeIssue(masthead, withItems({ title: 'Here', body: `[x](media:${id})` }));
    const { body } = await masthead.as('viewer').get(`/admin/v1/media/${id}/uses`);
    expect(body.data).toMatchObject([{ kind: 'issue', id: issue.id, item: { title: 'Here' } }]);
    expect(issue.sections[0].items[0].figures).toEqual([]);
  });
});

describe('an attachment in place of an image', () => {
  test.each<[string, (image: string) => object, string]>([
    ['a body', (image) => withItems({ body: image }), `${item}/body`],
    ['the intro', (image) => ({ intro: image }), '/intro'],
    ['the sign-off', (image) => ({ signOff: image }), '/signOff'],
    [
      'the intro of a section',
      (image) => ({ sections: [{ title: 'A', intro: image, items: withItems({}).sections[0]?.items }] }),
      '/sections/0/intro',
    ],
  ])('an attachment shown as an image in %s is reported as a problem', async (_where, fieldsOf, pointer) => {
    const { id } = await makePdf(masthead);
    for (const image of [
      `![](media:${id})`,
      `![x](media:${id})`,
      `[![x][f]](https://a.example)\n\n[f]: media:${id}`,
    ]) {
      await expectProblems(masthead, { ...fieldsOf(image) }, [[pointer, 'media_not_image']]);
    }
  });

  test('an attachment shown as an image and a missing media file are both reported', async () => {
    const { id } = await makeMp3(masthead);
    const body = `![x](media:${id}) [x](media:${UNKNOWN}) ![x](media:${id})`;
    const { problems } = await readChecklist(
      masthead,
      (await makeReadyIssue(masthead, withItems({ body }))).id,
    );
    expect(placesOf(problems).toSorted()).toEqual([
      [`${item}/body`, 'media_missing'],
      [`${item}/body`, 'media_not_image'],
    ]);
  });
});

describe('an attachment that a scheduled issue links to', () => {
  test('the alt text can be removed, because a link does not show it', async () => {
    const { id } = await makePdf(masthead, { alt: 'Slides' });
    const issue = await makeReadyIssue(masthead, withItems({ body: `[x](media:${id})` }));
    await schedule(masthead, issue.id);
    const patch = await masthead.as('author').patch(`/admin/v1/media/${id}`, { alt: null });
    expect(patch).toMatchObject({ status: 200, body: { alt: null } });
  });

  test('the attachment cannot be deleted or shown as an image', async () => {
    const { id } = await makePdf(masthead);
    const issue = await makeReadyIssue(masthead, withItems({ body: `[x](media:${id})` }));
    await schedule(masthead, issue.id);
    expect((await masthead.as('author').delete(`/admin/v1/media/${id}`)).status).toBe(409);
    const anyRevision = { 'if-match': '*' };
    const path = `/admin/v1/items/${issue.sections[0].items[0].id}`;
    const refused = await masthead.as('author').patch(path, { body: `![x](media:${id})` }, anyRevision);
    expect(refused).toMatchObject({
      status: 422,
      body: { errors: [{ code: 'media_not_image', in: 'issue' }] },
    });
  });
});
