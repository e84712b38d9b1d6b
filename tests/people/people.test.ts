import { describe, expect, test } from 'vitest';
import { useMasthead } from '../support/app.ts';
import { makePdf } from '../support/attachments.ts';
import { makePerson, uniqueSlug } from '../support/factories.ts';
import { sendTogether } from '../support/send-together.ts';

const masthead = useMasthead();
const UNKNOWN = '0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b11';

describe('people', () => {
  test('a created person has all the fields that were sent', async () => {
    const sent = {
      slug: uniqueSlug('ada'),
      name: 'Ada Byron',
      bio: 'Writes about engines.',
      avatarId: await makeMedia(),
      links: [{ label: 'Website', url: 'https://ada.example.org' }],
    };
    const created = await masthead.as('admin').post('/admin/v1/people', sent);
    expect(created.status).toBe(201);
    expect(created.body).toMatchObject({ ...sent, revision: 1 });
    expect(created.headers).toMatchObject({ etag: '"1"', location: `/admin/v1/people/${created.body.id}` });

    const read = await masthead.as('viewer').get(`/admin/v1/people/${created.body.id}`);
    expect(read.status).toBe(200);
    expect(read.body).toEqual(created.body);
    expect(read.headers.etag).toBe('"1"');
  });

  test('a person needs only a slug and a name', async () => {
    const person = await makePerson(masthead);
    expect(person).toMatchObject({ bio: null, avatarId: null, links: [] });
  });
});

describe('slugs of people', () => {
  test('two people cannot have the same slug', async () => {
    const [first, second] = [await makePerson(masthead), await makePerson(masthead)];
    const before = await stored();
    const answers = [
      await masthead.as('admin').post('/admin/v1/people', { slug: first.slug, name: 'Another' }),
      await masthead.as('admin').patch(`/admin/v1/people/${second.id}`, { slug: first.slug }),
    ];
    for (const { status, body } of answers) {
      expect(status).toBe(409);
      expect(body.type).toBe('http://masthead.test/problems/slug-taken');
      expect(body.errors).toMatchObject([{ pointer: '/slug', code: 'taken' }]);
    }
    expect(await stored()).toEqual(before);
  });

  test('only one of 50 simultaneous requests gets the same slug', async () => {
    const slug = uniqueSlug('wanted');
    const before = await masthead.database.prisma.event.count();
    const answers = await sendTogether(50, () =>
      masthead.as('admin').post('/admin/v1/people', { slug, name: 'Ada' }),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(49);
    expect(await masthead.database.prisma.person.count({ where: { slug } })).toBe(1);
    expect(await masthead.database.prisma.event.count()).toBe(before + 1);
  });
});

describe('invalid people', () => {
  const link = { label: 'Website', url: 'https://example.org' };

  test.each([
    ['a blank name', { name: '  ' }, '/name'],
    ['a slug in capitals', { slug: 'Ada' }, '/slug'],
    ['an avatar that is not an id', { avatarId: 'ada.png' }, '/avatarId'],
    ['a javascript: link', { links: [{ ...link, url: 'javascript:alert(1)' }] }, '/links/0/url'],
    ['an unknown field of a link', { links: [link, { ...link, rel: 'code' }] }, '/links/1/rel'],
  ])('a person with %s is refused', async (_what, fields, pointer) => {
    const { id } = await makePerson(masthead);
    const before = await stored();
    const answers = [
      await masthead
        .as('admin')
        .post('/admin/v1/people', { slug: uniqueSlug('ada'), name: 'Ada', ...fields }),
      await masthead.as('admin').patch(`/admin/v1/people/${id}`, fields),
    ];
    for (const { status, body } of answers) {
      expect(status).toBe(400);
      expect(body.errors).toMatchObject([{ pointer }]);
    }
    expect(await stored()).toEqual(before);
  });

  test('the refusal names every fault at once', async () => {
    const answer = await masthead
      .as('admin')
      .post('/admin/v1/people', { slug: 'No Slug', bio: 1, links: [{}], nickname: 'x' });
    expect(answer.status).toBe(400);
    expect(answer.body.errors.map((fault: { pointer: string }) => fault.pointer).sort()).toEqual([
      '/bio',
      '/links/0/label',
      '/links/0/url',
      '/name',
      '/nickname',
      '/slug',
    ]);
  });

  test.each([
    ['does not exist', async () => UNKNOWN, 'unknown_media'],
    ['is not an image', async () => (await makePdf(masthead)).id, 'not_an_image'],
  ])('an avatar that %s is refused', async (_what, make, code) => {
    const avatarId = await make();
    const { id } = await makePerson(masthead);
    const before = await stored();
    const answers = [
      await masthead.as('admin').post('/admin/v1/people', { slug: uniqueSlug('ada'), name: 'Ada', avatarId }),
      await masthead.as('admin').patch(`/admin/v1/people/${id}`, { avatarId }),
    ];
    for (const { status, body } of answers) {
      expect(status).toBe(422);
      expect(body.type).toBe('http://masthead.test/problems/unknown-reference');
      expect(body.errors).toMatchObject([{ pointer: '/avatarId', code }]);
    }
    expect(await stored()).toEqual(before);
  });
});

async function stored() {
  const { prisma } = masthead.database;
  return {
    people: await prisma.person.findMany({ orderBy: { id: 'asc' } }),
    events: await prisma.event.count(),
  };
}

async function makeMedia(): Promise<string> {
  const fileName = `${uniqueSlug('file')}.png`;
  const { id } = await masthead.database.prisma.media.create({
    data: {
      file: {
        create: { fileName, mimeType: 'image/png', size: 1, width: 1, height: 1, sha256: '0'.repeat(64) },
      },
    },
  });
  return id;
}
