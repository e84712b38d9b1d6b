import { beforeAll, describe, expect, it, test } from 'vitest';
import { useMasthead } from '../support/app.ts';
import { makeMedia, makeReadyIssue, publish } from '../support/factories.ts';
import { expectProblems, type Fields, readChecklist, withItems } from './checklist.ts';

const masthead = useMasthead();
const item = '/sections/0/items/0';

/** Ids of a media that says nothing of itself, of one that does, and of a decorative one. */
let [mute, told, decorative] = ['', '', ''];
beforeAll(async () => {
  mute = (await makeMedia(masthead)).id;
  told = (await makeMedia(masthead, { alt: 'From the media' })).id;
  decorative = (await makeMedia(masthead, { alt: '' })).id;
});

const image = (mediaId: string, alt = '') => `![${alt}](media:${mediaId})`;
const placed = (markdown: string) => withItems({ body: markdown });
const listed = (...figures: Fields[]) => withItems({ figures });
const introduced = (intro: string) => {
  const { sections } = withItems({});
  return { sections: sections.map((section) => ({ ...section, intro })) };
};

describe('The alt text of a figure', () => {
  test.each<[string, () => Fields, string]>([
    ['the cover', () => ({ cover: { mediaId: mute } }), '/cover'],
    ['the cover, which says null', () => ({ cover: { mediaId: mute, alt: null } }), '/cover'],
    ['a listed figure', () => listed({ mediaId: told }, { mediaId: mute }), `${item}/figures/1`],
    ['an image in a body', () => placed(image(mute)), `${item}/body`],
    ['one of two images', () => placed(`${image(mute)}\n\n${image(mute, 'x')}`), `${item}/body`],
    ['an image in the intro', () => ({ intro: image(mute) }), '/intro'],
    [
      'an image in the intro, though the cover has one',
      () => ({ intro: image(mute), cover: { mediaId: mute, alt: 'x' } }),
      '/intro',
    ],
    ['an image in the sign-off', () => ({ signOff: image(mute) }), '/signOff'],
    ['an image in a section’s intro', () => introduced(image(mute)), '/sections/0/intro'],
  ])('is missed at %s', async (_what, fields, pointer) => {
    await expectProblems(masthead, fields(), [[pointer, 'alt_missing']]);
  });

  test.each<[string, () => Fields]>([
    ['the media of a cover', () => ({ cover: { mediaId: told } })],
    ['the media of a listed figure', () => listed({ mediaId: told })],
    ['the media of an image', () => placed(image(told))],
    ['the media of a cover, as decorative', () => ({ cover: { mediaId: decorative } })],
    ['the media of a listed figure, as decorative', () => listed({ mediaId: decorative })],
    ['the media of an image, as decorative', () => placed(image(decorative))],
    ['the cover', () => ({ cover: { mediaId: mute, alt: 'x' } })],
    ['the cover, as decorative', () => ({ cover: { mediaId: mute, alt: '' } })],
    ['the list', () => listed({ mediaId: mute, alt: 'x' })],
    ['the list, as decorative', () => listed({ mediaId: mute, alt: '' })],
    [
      'the list, for the body too',
      () => withItems({ body: image(mute), figures: [{ mediaId: mute, alt: '' }] }),
    ],
    ['the Markdown of a body', () => placed(image(mute, 'x'))],
    [
      'the Markdown, for the list too',
      () => withItems({ body: image(mute, 'x'), figures: [{ mediaId: mute }] }),
    ],
    [
      'the Markdown of the intro and the sign-off',
      () => ({ intro: image(mute, 'x'), signOff: image(mute, 'x') }),
    ],
    ['the Markdown of a section’s intro', () => introduced(image(mute, 'x'))],
    ['the words of a reference', () => placed(`![x]\n\n[x]: media:${mute}`)],
  ])('comes from %s', async (_what, fields) => {
    await expectProblems(masthead, fields(), []);
  });

  it('is there once somebody writes it on the media', async () => {
    const { id: mediaId } = await makeMedia(masthead);
    const { id } = await makeReadyIssue(masthead, { cover: { mediaId } });
    expect((await readChecklist(masthead, id)).ready).toBe(false);
    await masthead.as('author').patch(`/admin/v1/media/${mediaId}`, { alt: 'x' });
    expect((await readChecklist(masthead, id)).ready).toBe(true);
  });

  it.each<[string, () => Fields]>([
    [
      'From the list',
      () =>
        withItems({ body: image(told, 'From the text'), figures: [{ mediaId: told, alt: 'From the list' }] }),
    ],
    ['', () => withItems({ body: image(told, 'From the text'), figures: [{ mediaId: told, alt: '' }] })],
    ['From the media', () => placed(image(told, 'From the text'))],
    ['', () => placed(image(decorative, 'From the text'))],
    ['From the text', () => placed(image(mute, 'From the text'))],
    ['From the text', () => withItems({ body: image(mute, 'From the text'), figures: [{ mediaId: mute }] })],
  ])('reaches readers as %j where others are at hand', async (alt, fields) => {
    const { id } = await makeReadyIssue(masthead, fields());
    const { publication } = await publish(masthead, id);
    const { body } = await masthead.as('viewer').get(`/admin/v1/editions/${publication.editionId}`);
    const [first] = body.document.sections[0].items;
    expect(first.figures).toMatchObject([{ alt }]);
    expect(first.body.html).toContain(`alt="${alt}"`);
  });
});
