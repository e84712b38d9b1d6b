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

  test('a patch changes only the fields that it contains', async () => {
    const person = await makePerson(masthead, { bio: 'Old words', name: 'Old name' });
    const changed = await masthead.as('admin').patch(`/admin/v1/people/${person.id}`, { bio: null });
    expect(changed.status).toBe(200);
    expect(changed.headers.etag).toBe('"2"');
    expect(changed.body).toEqual({ ...person, bio: null, revision: 2, updatedAt: changed.body.updatedAt });
    expect(changed.body.updatedAt > person.updatedAt).toBe(true);
  });

  test('a deleted person returns 404', async () => {
    const { id } = await makePerson(masthead);
    expect((await masthead.as('admin').delete(`/admin/v1/people/${id}`)).status).toBe(204);
    expect((await masthead.as('viewer').get(`/admin/v1/people/${id}`)).status).toBe(404);
    expect((await masthead.as('admin').delete(`/admin/v1/people/${id}`)).status).toBe(404);
  });

  test('each change of a person records an event with its actor', async () => {
    const { id, slug } = await makePerson(masthead);
    await masthead.as('admin').patch(`/admin/v1/people/${id}`, { name: 'Ada' });
    await masthead.as('admin').delete(`/admin/v1/people/${id}`);
    const events = await masthead.database.prisma.event.findMany({
      where: { subjectKind: 'person', subjectId: id },
      orderBy: { id: 'asc' },
    });
    expect(events.map(({ type, details }) => ({ type, details }))).toEqual([
      { type: 'person.created', details: { slug } },
      { type: 'person.updated', details: { slug, fields: ['name'] } },
      { type: 'person.deleted', details: { slug } },
    ]);
    for (const event of events) {
      expect(event).toMatchObject({ actorKind: 'key', actorName: 'test admin', newsletterId: null });
    }
  });

  test.each(['get', 'patch', 'delete'] as const)('%s of an unknown person returns 404', async (verb) => {
    const answer = await masthead.as('admin')[verb](`/admin/v1/people/${UNKNOWN}`);
    expect(answer.status).toBe(404);
    expect(answer.body.detail).toBe('There is no such person.');
  });

  test.each(['get', 'patch', 'delete'] as const)(
    '%s of a person whose id is not a UUID returns 400',
    async (verb) => {
      const answer = await masthead.as('admin')[verb]('/admin/v1/people/ada');
      expect(answer.status).toBe(400);
      expect(answer.body.errors).toMatchObject([{ pointer: '/id', in: 'path' }]);
    },
  );

  test.each(['viewer', 'author', 'editor'] as const)('the role %s cannot change people', async (role) => {
    const { id } = await makePerson(masthead);
    const before = await stored();
    const client = masthead.as(role);
    const answers = [
      await client.post('/admin/v1/people', { slug: uniqueSlug('ada'), name: 'Ada' }),
      await client.patch(`/admin/v1/people/${id}`, { name: 'Ada' }),
      await client.delete(`/admin/v1/people/${id}`),
    ];
    expect(answers.map(({ status }) => status)).toEqual([403, 403, 403]);
    expect(await stored()).toEqual(before);
  });
});

describe('the list of people', () => {
  test('the pages of the list contain each person once, the newest first', async () => {
    for (let made = 0; made < 5; made += 1) await makePerson(masthead);
    const ids: string[] = [];
    let url: string | undefined = '/admin/v1/people?limit=2';
    while (url) {
      const page = await masthead.as('viewer').get(url);
      expect(page.status).toBe(200);
      expect(page.body.data.length).toBeLessThanOrEqual(2);
      ids.push(...page.body.data.map((person: { id: string }) => person.id));
      url = /^<(.+)>; rel="next"$/.exec(String(page.headers.link ?? ''))?.[1];
      expect(page.body.page.next).toBe(url ? new URL(url, 'http://any').searchParams.get('cursor') : null);
    }
    const rows = await masthead.database.prisma.person.findMany({ orderBy: { id: 'desc' } });
    expect(ids).toEqual(rows.map((row) => row.id));
  });

  test.each([
    ['a limit of 0', 'limit=0', '/limit'],
    ['a limit of 101', 'limit=101', '/limit'],
    ['a limit that is not a number', 'limit=many', '/limit'],
    ['a malformed cursor', 'cursor=nonsense', '/cursor'],
    ['a cursor of another list', `cursor=${Buffer.from('[26,"x"]').toString('base64url')}`, '/cursor'],
    ['an unknown parameter', 'sort=name', '/sort'],
  ])('the list refuses %s', async (_what, query, pointer) => {
    const answer = await masthead.as('viewer').get(`/admin/v1/people?${query}`);
    expect(answer.status).toBe(400);
    expect(answer.body.errors).toMatchObject([{ pointer, in: 'query' }]);
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
      expect(body.type).toBe('urn:masthead:problem:slug-taken');
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

describe('If-Match on a person', () => {
  test('a change or deletion with the current ETag succeeds', async () => {
    const { id } = await makePerson(masthead);
    const url = `/admin/v1/people/${id}`;
    expect((await masthead.as('admin').patch(url, { bio: 'b' }, { 'if-match': '"1"' })).status).toBe(200);
    expect((await masthead.as('admin').patch(url, { bio: 'c' }, { 'if-match': '*' })).status).toBe(200);
    expect((await masthead.as('admin').delete(url, { 'if-match': '"1", "3"' })).status).toBe(204);
  });

  test('a change or deletion with a stale ETag is refused', async () => {
    const { id } = await makePerson(masthead);
    const url = `/admin/v1/people/${id}`;
    await masthead.as('admin').patch(url, { bio: 'b' });
    const before = await stored();
    const answers = [
      await masthead.as('admin').patch(url, { bio: 'c' }, { 'if-match': '"1"' }),
      await masthead.as('admin').delete(url, { 'if-match': '"1"' }),
    ];
    for (const { status, body } of answers) {
      expect(status).toBe(412);
      expect(body.revision).toBe(2);
    }
    expect(await stored()).toEqual(before);
  });

  test('only one of two simultaneous changes with the same ETag succeeds', async () => {
    const { id } = await makePerson(masthead);
    const answers = await Promise.all(
      ['b', 'c'].map((bio) =>
        masthead.as('admin').patch(`/admin/v1/people/${id}`, { bio }, { 'if-match': '"1"' }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
  });
});

describe('invalid people', () => {
  const link = { label: 'Website', url: 'https://example.org' };

  test.each([
    ['an unknown field', { email: 'ada@example.org' }, '/email'],
    ['a blank name', { name: '  ' }, '/name'],
    ['a NUL in the name', { name: 'A\u0000da' }, '/name'],
    ['half a surrogate pair in the bio', { bio: 'A\ud800' }, '/bio'],
    ['a slug in capitals', { slug: 'Ada' }, '/slug'],
    ['a NUL in the slug', { slug: 'a\u0000' }, '/slug'],
    ['an avatar that is not an id', { avatarId: 'ada.png' }, '/avatarId'],
    ['a javascript: link', { links: [{ ...link, url: 'javascript:alert(1)' }] }, '/links/0/url'],
    ['an unknown field of a link', { links: [link, { ...link, rel: 'code' }] }, '/links/1/rel'],
    ['half a surrogate pair in a link', { links: [{ ...link, label: '\udc00' }] }, '/links/0/label'],
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
      expect(body.type).toBe('urn:masthead:problem:unknown-reference');
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
