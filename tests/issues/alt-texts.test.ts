import { beforeAll, describe, expect, test } from 'vitest';
import { useMasthead } from '../support/app.ts';
import { makeMedia, makeReadyIssue, publish } from '../support/factories.ts';
import { expectProblems, type Fields, readChecklist, withItems } from './checklist.ts';

const masthead = useMasthead();
const item = '/sections/0/items/0';

/** Ids of media files: without alt text, with alt text, and decorative (with an empty alt text). */
let [undescribed, described, decorative] = ['', '', ''];
beforeAll(async () => {
  undescribed = (await makeMedia(masthead)).id;
  described = (await makeMedia(masthead, { alt: 'From the media' })).id;
  decorative = (await makeMedia(masthead, { alt: '' })).id;
});

const image = (mediaId: string, alt = '') => `![${alt}](media:${mediaId})`;
const inBody = (markdown: string) => withItems({ body: markdown });
const inFigures = (...figures: Fields[]) => withItems({ figures });
const inSectionIntro = (intro: string) => {
  const { sections } = withItems({});
  return { sections: sections.map((section) => ({ ...section, intro })) };
};

describe('the alt text of a figure', () => {
  test.each<[string, () => Fields, string]>([
    ['a cover', () => ({ cover: { mediaId: undescribed } }), '/cover'],
    ['a cover whose alt text is null', () => ({ cover: { mediaId: undescribed, alt: null } }), '/cover'],
    [
      'a listed figure',
      () => inFigures({ mediaId: described }, { mediaId: undescribed }),
      `${item}/figures/1`,
    ],
    ['an image in a body', () => inBody(image(undescribed)), `${item}/body`],
    [
      'one of two images in a body',
      () => inBody(`${image(undescribed)}\n\n${image(undescribed, 'x')}`),
      `${item}/body`,
    ],
    ['an image in the intro', () => ({ intro: image(undescribed) }), '/intro'],
    [
      'an image in the intro that has an alt text as the cover',
      () => ({ intro: image(undescribed), cover: { mediaId: undescribed, alt: 'x' } }),
      '/intro',
    ],
    ['an image in the sign-off', () => ({ signOff: image(undescribed) }), '/signOff'],
    ['an image in the intro of a section', () => inSectionIntro(image(undescribed)), '/sections/0/intro'],
  ])('the checklist reports the missing alt text of %s', async (_what, fields, pointer) => {
    await expectProblems(masthead, fields(), [[pointer, 'alt_missing']]);
  });

  test.each<[string, () => Fields]>([
    ['the media file of a cover', () => ({ cover: { mediaId: described } })],
    ['the media file of a listed figure', () => inFigures({ mediaId: described })],
    ['the media file of an image in a body', () => inBody(image(described))],
    ['the media file of a cover, which is decorative', () => ({ cover: { mediaId: decorative } })],
    ['the media file of a listed figure, which is decorative', () => inFigures({ mediaId: decorative })],
    ['the media file of an image in a body, which is decorative', () => inBody(image(decorative))],
    ['the cover itself', () => ({ cover: { mediaId: undescribed, alt: 'x' } })],
    ['the cover itself, which is decorative', () => ({ cover: { mediaId: undescribed, alt: '' } })],
    ['the figure list', () => inFigures({ mediaId: undescribed, alt: 'x' })],
    ['the figure list, as decorative', () => inFigures({ mediaId: undescribed, alt: '' })],
    [
      'the figure list, for an image in the body too',
      () => withItems({ body: image(undescribed), figures: [{ mediaId: undescribed, alt: '' }] }),
    ],
    ['the Markdown of a body', () => inBody(image(undescribed, 'x'))],
    [
      'the Markdown of a body, for the figure list too',
      () => withItems({ body: image(undescribed, 'x'), figures: [{ mediaId: undescribed }] }),
    ],
    [
      'the Markdown of the intro and the sign-off',
      () => ({ intro: image(undescribed, 'x'), signOff: image(undescribed, 'x') }),
    ],
    ['the Markdown of the intro of a section', () => inSectionIntro(image(undescribed, 'x'))],
    ['the text of a reference-style image', () => inBody(`![x]\n\n[x]: media:${undescribed}`)],
  ])('the alt text may come from %s', async (_what, fields) => {
    await expectProblems(masthead, fields(), []);
  });

  test('an issue becomes ready once its media file gets an alt text', async () => {
    const { id: mediaId } = await makeMedia(masthead);
    const { id } = await makeReadyIssue(masthead, { cover: { mediaId } });
    expect((await readChecklist(masthead, id)).ready).toBe(false);
    await masthead.as('author').patch(`/admin/v1/media/${mediaId}`, { alt: 'x' });
    expect((await readChecklist(masthead, id)).ready).toBe(true);
  });

  test.each<[string, () => Fields]>([
    [
      'From the list',
      () =>
        withItems({
          body: image(described, 'From the text'),
          figures: [{ mediaId: described, alt: 'From the list' }],
        }),
    ],
    [
      '',
      () =>
        withItems({ body: image(described, 'From the text'), figures: [{ mediaId: described, alt: '' }] }),
    ],
    ['From the media', () => inBody(image(described, 'From the text'))],
    ['', () => inBody(image(decorative, 'From the text'))],
    ['From the text', () => inBody(image(undescribed, 'From the text'))],
    [
      'From the text',
      () => withItems({ body: image(undescribed, 'From the text'), figures: [{ mediaId: undescribed }] }),
    ],
  ])('readers get the alt text %j where several places define one', async (alt, fields) => {
    const { id } = await makeReadyIssue(masthead, fields());
    const { publication } = await publish(masthead, id);
    const { body } = await masthead.as('viewer').get(`/admin/v1/editions/${publication.editionId}`);
    const [first] = body.document.sections[0].items;
    expect(first.figures).toMatchObject([{ alt }]);
    expect(first.body.html).toContain(`alt="${alt}"`);
  });
});
