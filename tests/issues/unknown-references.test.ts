import { describe, expect, test } from 'vitest';
import { useMasthead } from '../support/app.ts';
import { makeMp3, makePdf } from '../support/attachments.ts';
import { makeIssue, makeMedia, makeNewsletter, makePaper, makePerson } from '../support/factories.ts';
import { readIssue } from './outlines.ts';

const masthead = useMasthead();
const UNKNOWN = '0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b11';

const create = async (fields: object) =>
  masthead.as('author').post(`/admin/v1/newsletters/${(await makeNewsletter(masthead)).id}/issues`, fields);

type Problem = { errors: { pointer: string; code: string }[] };
const pointersOf = ({ errors }: Problem) => errors.map(({ pointer }) => pointer).sort();
const placesOf = ({ errors }: Problem) => errors.map(({ pointer, code }) => [pointer, code]);

describe('unknown ids', () => {
  test('a rejected creation reports all unknown ids at once', async () => {
    const { id: person } = await makePerson(masthead);
    const { id: paper } = await makePaper(masthead);
    const items = [
      { kind: 'paper', paperId: paper },
      { kind: 'paper', paperId: UNKNOWN },
      { kind: 'note', figures: [{ mediaId: UNKNOWN }] },
    ];
    const answer = await create({
      authorIds: [person, UNKNOWN],
      cover: { mediaId: UNKNOWN },
      sections: [{ title: 'A' }, { title: 'B', items }],
    });
    expect(answer).toMatchObject({
      status: 422,
      body: { type: 'http://masthead.test/problems/unknown-reference' },
    });
    expect(await masthead.database.prisma.issue.count()).toBe(0);
    expect(placesOf(answer.body)).toEqual([
      ['/authorIds/1', 'unknown_person'],
      ['/cover/mediaId', 'unknown_media'],
      ['/sections/1/items/1/paperId', 'unknown_paper'],
      ['/sections/1/items/2/figures/0/mediaId', 'unknown_media'],
    ]);
  });

  test('an id of a record of another kind counts as unknown', async () => {
    const { id: person } = await makePerson(masthead);
    const { id: paper } = await makePaper(masthead);
    const items = [{ kind: 'paper', paperId: paper, figures: [{ mediaId: paper }] }];
    const answer = await create({
      authorIds: [person],
      cover: { mediaId: person },
      sections: [{ title: 'A', items }],
    });
    expect(answer.status).toBe(422);
    expect(placesOf(answer.body)).toEqual([
      ['/cover/mediaId', 'unknown_media'],
      ['/sections/0/items/0/figures/0/mediaId', 'unknown_media'],
    ]);
  });

  test('every write to the tree with unknown ids is rejected and changes nothing', async () => {
    const item = { kind: 'paper', paperId: UNKNOWN, figures: [{ mediaId: UNKNOWN }] };
    const issue = await makeIssue(masthead, { sections: [{ title: 'A', items: [{ kind: 'paper' }] }] });
    const [section] = issue.sections;
    const author = masthead.as('author');
    const anyRevision = { 'if-match': '*' };
    const answers = [
      await author.patch(
        `/admin/v1/issues/${issue.id}`,
        { authorIds: [UNKNOWN], cover: { mediaId: UNKNOWN } },
        anyRevision,
      ),
      await author.put(
        `/admin/v1/issues/${issue.id}/content`,
        { sections: [{ title: 'A', items: [item] }] },
        anyRevision,
      ),
      await author.post(`/admin/v1/issues/${issue.id}/sections`, { title: 'A', items: [item] }, anyRevision),
      await author.post(`/admin/v1/sections/${section.id}/items`, item, anyRevision),
      await author.patch(`/admin/v1/items/${section.items[0].id}`, item, anyRevision),
    ];
    expect(answers.map(({ status, body }) => [status, ...pointersOf(body)])).toEqual([
      [422, '/authorIds/0', '/cover/mediaId'],
      [422, '/sections/0/items/0/figures/0/mediaId', '/sections/0/items/0/paperId'],
      [422, '/items/0/figures/0/mediaId', '/items/0/paperId'],
      [422, '/figures/0/mediaId', '/paperId'],
      [422, '/figures/0/mediaId', '/paperId'],
    ]);
    expect(await readIssue(masthead, issue.id)).toEqual(issue);
  });
});

describe('media files that are not images', () => {
  test('a cover or figure that is not an image is reported beside unknown ids', async () => {
    const image = (await makeMedia(masthead)).id;
    const [pdf, mp3] = [(await makePdf(masthead)).id, (await makeMp3(masthead)).id];
    const figures = [image, mp3, UNKNOWN].map((mediaId) => ({ mediaId }));
    const answer = await create({
      cover: { mediaId: pdf },
      sections: [{ title: 'A', items: [{ kind: 'note', figures }] }],
    });
    expect(answer).toMatchObject({
      status: 422,
      body: { type: 'http://masthead.test/problems/unknown-reference' },
    });
    expect(placesOf(answer.body)).toEqual([
      ['/cover/mediaId', 'not_an_image'],
      ['/sections/0/items/0/figures/1/mediaId', 'not_an_image'],
      ['/sections/0/items/0/figures/2/mediaId', 'unknown_media'],
    ]);
    expect(answer.body.errors[0]).toMatchObject({
      message: expect.stringContaining('application/pdf'),
      remedy: expect.stringMatching(/\w.*\.$/),
    });
    expect(answer.body.errors[1].message).toContain('audio/mpeg');
  });

  test('every write to the tree with such a cover or figure is rejected and changes nothing', async () => {
    const mediaId = (await makePdf(masthead)).id;
    const item = { kind: 'note', figures: [{ mediaId }] };
    const issue = await makeIssue(masthead, { sections: [{ title: 'A', items: [{ kind: 'note' }] }] });
    const [section] = issue.sections;
    const author = masthead.as('author');
    const path = `/admin/v1/issues/${issue.id}`;
    const sections = [{ title: 'A', items: [item] }];
    const anyRevision = { 'if-match': '*' };
    const answers = [
      await author.patch(path, { cover: { mediaId } }, anyRevision),
      await author.put(`${path}/content`, { sections }, anyRevision),
      await author.post(`${path}/sections`, sections[0], anyRevision),
      await author.post(`/admin/v1/sections/${section.id}/items`, item, anyRevision),
      await author.patch(`/admin/v1/items/${section.items[0].id}`, item, anyRevision),
    ];
    for (const answer of answers) {
      expect(answer.status).toBe(422);
      expect(placesOf(answer.body)).toEqual([
        [expect.stringMatching(/\/(cover|figures\/0)\/mediaId$/), 'not_an_image'],
      ]);
    }
    expect(await readIssue(masthead, issue.id)).toEqual(issue);
  });
});
