import { describe, expect, test } from 'vitest';
import { useMasthead } from '../support/app.ts';
import { makeMedia } from '../support/factories.ts';

const masthead = useMasthead();
const media = '/admin/v1/media';
const unknown = '0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b11';

describe('reading media', () => {
  test('a media file is returned with its ETag', async () => {
    const stored = await makeMedia(masthead, { alt: 'Teal' });
    const answer = await masthead.as('viewer').get(`${media}/${stored.id}`);
    expect(answer).toMatchObject({ status: 200, headers: { etag: '"1"' }, body: stored });
  });

  test('the list is paginated and starts with the newest', async () => {
    const made = [await makeMedia(masthead), await makeMedia(masthead), await makeMedia(masthead)];
    const newest = made.map(({ id }) => id).reverse();
    const first = await masthead.as('viewer').get(`${media}?limit=2`);
    expect(first.body.data.map(({ id }: { id: string }) => id)).toEqual(newest.slice(0, 2));
    const second = await masthead.as('viewer').get(`${media}?limit=1&cursor=${first.body.page.next}`);
    expect(second.body.data).toEqual([made[0]]);
  });

  test('an unknown id returns 404 and a malformed id returns 400', async () => {
    expect((await masthead.as('viewer').get(`${media}/${unknown}`)).status).toBe(404);
    expect((await masthead.as('viewer').get(`${media}/passwd`)).status).toBe(400);
  });
});

describe('changing media', () => {
  test('a patch changes only the fields that it contains', async () => {
    const { id } = await makeMedia(masthead, { alt: 'Teal', caption: 'A colour' });
    const credit = { text: 'Ada Example', url: 'https://example.org/ada' };
    const answer = await masthead.as('author').patch(`${media}/${id}`, { alt: '', credit });
    expect(answer).toMatchObject({
      status: 200,
      headers: { etag: '"2"' },
      body: { alt: '', caption: 'A colour', credit: { ...credit, licence: null }, revision: 2 },
    });
  });

  test('a patch replaces the whole credit, and null removes it', async () => {
    const { id } = await makeMedia(masthead, { alt: 'Teal', creditText: 'Ada', creditLicence: 'CC0-1.0' });
    const patch = (body: object) => masthead.as('author').patch(`${media}/${id}`, body);
    const replaced = await patch({ credit: { text: 'Grace' } });
    expect(replaced.body.credit).toEqual({ text: 'Grace', url: null, licence: null });
    expect((await patch({ credit: null, alt: null })).body).toMatchObject({ credit: null, alt: null });
  });

  test('a refused patch names every fault and changes nothing', async () => {
    const { id } = await makeMedia(masthead);
    const answer = await masthead.as('author').patch(`${media}/${id}`, {
      alt: 'half a pair \ud800',
      credit: { url: 'javascript:alert(1)', author: 'x' },
      width: 10,
    });
    expect(answer.status).toBe(400);
    const pointers = answer.body.errors.map((fault: { pointer: string }) => fault.pointer).sort();
    expect(pointers).toEqual(['/alt', '/credit/author', '/credit/text', '/credit/url', '/width']);
    expect((await masthead.as('viewer').get(`${media}/${id}`)).body.revision).toBe(1);
  });

  test('a patch with a stale ETag is refused', async () => {
    const { id } = await makeMedia(masthead);
    const patch = (ifMatch: string) =>
      masthead.as('author').patch(`${media}/${id}`, { alt: 'x' }, { 'if-match': ifMatch });
    expect((await patch('"1"')).status).toBe(200);
    expect(await patch('"1"')).toMatchObject({ status: 412, body: { revision: 2 } });
    expect((await patch('*')).status).toBe(200);
  });

  test('the event of a patch names the changed fields', async () => {
    const { id } = await makeMedia(masthead);
    await masthead.as('author').patch(`${media}/${id}`, { caption: 'x', credit: { text: 'y' } });
    const events = await masthead.database.prisma.event.findMany({
      where: { subjectId: id, type: 'media.updated' },
    });
    expect(events).toMatchObject([{ details: { fields: ['caption', 'credit'] } }]);
  });

  test('a viewer cannot change or delete media', async () => {
    const { id } = await makeMedia(masthead);
    expect((await masthead.as('viewer').patch(`${media}/${id}`, { alt: '' })).status).toBe(403);
    expect((await masthead.as('viewer').delete(`${media}/${id}`)).status).toBe(403);
  });
});
