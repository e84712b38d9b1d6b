import { beforeAll, describe, expect, test } from 'vitest';
import { walkPages } from '../http/walk-pages.ts';
import { useMasthead } from '../support/app.ts';
import {
  asBoundTo,
  makeMedia,
  makeNewsletter,
  makePerson,
  makeReadyIssue,
  publish,
  sendForm,
} from '../support/factories.ts';
import { formOf } from './forms.ts';
import { drawImage } from './images.ts';

const masthead = useMasthead();
const media = '/admin/v1/media';

describe('the list of media', () => {
  const ids: Record<string, string> = {};
  const find = async (query: string) => {
    const answer = await masthead.as('viewer').get(`${media}?${query}`);
    expect(answer.status).toBe(200);
    const names = new Map(Object.entries(ids).map(([name, id]) => [id, name]));
    return answer.body.data.map(({ id }: { id: string }) => names.get(id)).toSorted();
  };

  beforeAll(async () => {
    const patch = (id: string, fields: object) => masthead.as('author').patch(`${media}/${id}`, fields);
    const diagram = await makeMedia(masthead, { alt: 'Boxes & arrows', creditText: 'Ada Example' });
    await patch(diagram.id, { tags: ['diagram', '100%_sure'] });
    const decorative = await makeMedia(masthead, { alt: '', caption: 'Blätter im Herbst' });
    const photo = await sendForm(
      masthead.as('author'),
      media,
      formOf(['file', [await drawImage('jpeg', 1), 'IMG_2031.jpg']]),
    );
    const slides = await sendForm(
      masthead.as('author'),
      media,
      formOf(['file', [Buffer.from('%PDF-1.7\n%âãÏÓ\n'), 'slides.pdf']]),
    );
    Object.assign(ids, {
      diagram: diagram.id,
      decorative: decorative.id,
      photo: photo.body.id,
      slides: slides.body.id,
    });
    await makeReadyIssue(masthead, { cover: { mediaId: diagram.id } });
    await makePerson(masthead, { avatarId: decorative.id });
  });

  test.each([
    ['q=boxes', ['diagram']],
    ['q=ARROW', ['diagram']],
    ['q=2031', ['photo']],
    ['q=bl%C3%84tter%20herbst', ['decorative']],
    ['q=example%20diagram', ['diagram']],
    ['q=blatter', ['decorative']],
    ['q=BLÄTTER', ['decorative']],
    ['q=Bla%CC%88tter', ['decorative']],
    ['q=diägram', ['diagram']],
    ['q=nothing%20boxes', []],
    ['q=100%25_', ['diagram']],
    ['q=100%25s', []],
    ['q=%25', ['diagram']],
    ['q=%5C', []],
    ['tag=diagram', ['diagram']],
    ['tag=diag', []],
    ['type=document', ['slides']],
    ['type=image', ['decorative', 'diagram', 'photo']],
    ['type=audio', []],
    ['unused=true', ['photo', 'slides']],
    ['unused=false', ['decorative', 'diagram']],
    ['withoutAlt=true', ['photo']],
    ['withoutAlt=false', ['decorative', 'diagram']],
    ['withoutCredit=true', ['decorative', 'photo', 'slides']],
    ['withoutCredit=false', ['diagram']],
    ['largerThan=1000', ['photo']],
    ['withoutAlt=true&type=image&unused=true', ['photo']],
  ])('the list filtered by %s contains only matching files', async (query, expected) => {
    expect(await find(query)).toEqual(expected);
  });

  test('a file is found by the SHA-256 of its uploaded or its stored bytes', async () => {
    const { body } = await masthead.as('viewer').get(`${media}/${ids.photo}`);
    expect(await find(`sha256=${body.sha256}`)).toEqual(['photo']);
    expect(await find(`sha256=${body.sourceSha256}`)).toEqual(['photo']);
    expect(await find(`sha256=${'0'.repeat(64)}`)).toEqual([]);
  });

  test('a filtered list is paginated', async () => {
    const found = await walkPages(masthead.as('viewer'), `${media}?withoutCredit=true&limit=1`);
    expect(found.map(({ id }: { id: string }) => id).toSorted()).toEqual(
      [ids.decorative, ids.photo, ids.slides].toSorted(),
    );
  });

  test.each(['unused=yes', 'largerThan=-1', 'largerThan=9999999999', 'sha256=abc', 'type=video', 'q='])(
    'the list refuses %s',
    async (query) => {
      expect((await masthead.as('viewer').get(`${media}?${query}`)).status).toBe(400);
    },
  );
});

describe('uses of a media file', () => {
  test('the pages of uses list issues, then editions, then people', async () => {
    const { id } = await makeMedia(masthead, { alt: 'In use' });
    const person = await makePerson(masthead, { name: 'Ada', avatarId: id });
    const issue = await makeReadyIssue(masthead, {
      title: 'Published',
      cover: { mediaId: id },
      sections: [
        {
          title: 'Notes',
          items: [{ kind: 'note', title: 'One', body: 'A note.', figures: [{ mediaId: id }] }],
        },
      ],
    });
    await publish(masthead, issue.id);
    await masthead
      .as('editor')
      .patch(`/admin/v1/issues/${issue.id}`, { title: 'Draft' }, { 'if-match': '*' });
    const uses = await walkPages(masthead.as('viewer'), `${media}/${id}/uses?limit=1`);
    const named = { id: issue.id, number: 1, newsletterId: issue.newsletterId };
    const [section] = issue.sections;
    expect(uses).toHaveLength(4);
    expect(uses.slice(0, 2)).toEqual(
      expect.arrayContaining([
        { kind: 'issue', ...named, title: 'Draft', sectionId: null, item: null },
        {
          kind: 'issue',
          ...named,
          title: 'Draft',
          sectionId: section.id,
          item: { id: section.items[0].id, title: 'One' },
        },
      ]),
    );
    expect(uses.slice(2)).toEqual([
      { kind: 'edition', ...named, title: 'Published' },
      { kind: 'person', id: person.id, name: 'Ada' },
    ]);
  });

  test('a key that is bound to newsletters sees only their uses', async () => {
    const { id } = await makeMedia(masthead, { alt: 'In use' });
    const [seen, hidden] = [await makeNewsletter(masthead), await makeNewsletter(masthead)];
    for (const { id: newsletterId } of [seen, hidden]) {
      const issue = await makeReadyIssue(masthead, { newsletterId, cover: { mediaId: id } });
      await publish(masthead, issue.id);
    }
    const bound = await asBoundTo(masthead, 'viewer', [seen.id]);
    const uses = await walkPages(bound, `${media}/${id}/uses?limit=1`);
    expect(uses.map(({ newsletterId }: { newsletterId: string }) => newsletterId)).toEqual([
      seen.id,
      seen.id,
    ]);
  });

  test('the uses of an unknown media file return 404', async () => {
    const answer = await masthead.as('viewer').get(`${media}/0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b11/uses`);
    expect(answer.status).toBe(404);
  });
});
