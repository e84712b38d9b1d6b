import { describe, expect, test } from 'vitest';
import { useMasthead } from '../support/app.ts';
import { makeNewsletter, uniqueSlug } from '../support/factories.ts';

const masthead = useMasthead();
const newsletters = '/admin/v1/newsletters';

describe('creating a newsletter', () => {
  test('answers with it, its address and its ETag, and fills in what was left out', async () => {
    const slug = uniqueSlug('plain');
    const answer = await masthead.as('admin').post(newsletters, { slug, title: 'Plain' });
    expect(answer).toMatchObject({
      status: 201,
      headers: { etag: '"1"', location: `${newsletters}/${answer.body.id}`, 'cache-control': 'no-store' },
      body: {
        slug,
        language: 'en',
        timeZone: 'UTC',
        links: [],
        sectionTemplate: [],
        tagline: null,
        revision: 1,
      },
    });
  });

  test('records who did it', async () => {
    const { id, slug } = await makeNewsletter(masthead);
    const events = await masthead.database.prisma.event.findMany({ where: { newsletterId: id } });
    expect(events).toMatchObject([
      {
        type: 'newsletter.created',
        actorKind: 'key',
        actorName: 'test admin',
        subjectId: id,
        details: { slug },
      },
    ]);
  });

  test('names every fault at once and changes nothing', async () => {
    const count = await masthead.database.prisma.newsletter.count();
    const answer = await masthead.as('admin').post(newsletters, {
      slug: 'Not A Slug',
      title: 'nul \u0000',
      tagline: 'half a pair \ud800',
      language: 'not a language',
      timeZone: 'Mars/Olympus',
      links: [{ label: 'x', url: 'javascript:alert(1)' }],
      lengthTarget: -1,
      'a/b~c': true,
    });
    expect(answer.status).toBe(400);
    expect(answer.headers['content-type']).toMatch('application/problem+json');
    expect(answer.body.type).toBe('urn:masthead:problem:invalid-request');
    const pointers = answer.body.errors.map((fault: { pointer: string }) => fault.pointer).sort();
    expect(pointers).toEqual([
      '/a~1b~0c',
      '/language',
      '/lengthTarget',
      '/links/0/url',
      '/slug',
      '/tagline',
      '/timeZone',
      '/title',
    ]);
    expect(await masthead.database.prisma.newsletter.count()).toBe(count);
  });

  test('lets one of fifty with the same slug win', async () => {
    const slug = uniqueSlug('contested');
    const attempts = Array.from({ length: 50 }, () =>
      masthead.as('admin').post(newsletters, { slug, title: 'Mine' }),
    );
    const answers = await Promise.all(attempts);
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(49);
    const refused = answers.find(({ status }) => status === 409);
    expect(refused?.body).toMatchObject({
      type: 'urn:masthead:problem:slug-taken',
      errors: [{ pointer: '/slug', code: 'taken' }],
    });
  });

  test('is refused to a key that is bound to newsletters', async () => {
    const { id } = await makeNewsletter(masthead);
    const key = await masthead
      .as('admin')
      .post('/admin/v1/api-keys', { name: 'bound', role: 'admin', newsletterIds: [id] });
    const answer = await masthead.withKey(key.body.secret).post(newsletters, { slug: 'mine', title: 'Mine' });
    expect(answer).toMatchObject({ status: 403, body: { type: 'urn:masthead:problem:key-is-bound' } });
  });
});

describe('malformed requests', () => {
  const send = (payload: string, type = 'application/json') =>
    masthead
      .as('admin')
      .send({ method: 'POST', url: newsletters, payload, headers: { 'content-type': type } });

  test.each([
    ['broken JSON', '{"slug": ', 400],
    ['an empty body', '', 400],
    ['a list', '[]', 400],
    ['null', 'null', 400],
    ['JSON nested 100,000 deep', '['.repeat(100_000) + ']'.repeat(100_000), 400],
    ['a field nested 100,000 deep', `{"links": ${'['.repeat(100_000)}${']'.repeat(100_000)}}`, 400],
    ['a prototype in disguise', '{"__proto__": {"role": "admin"}, "slug": "x", "title": "x"}', 400],
    ['a body over the limit', `{"slug": "${'x'.repeat(5_000_000)}"}`, 413],
  ])('%s is refused as a problem', async (_what, payload, status) => {
    const answer = await send(payload);
    expect(answer).toMatchObject({ status, body: { status } });
    expect(answer.headers['content-type']).toMatch('application/problem+json');
  });

  test('a media type other than JSON is a 415', async () => {
    expect(await send('slug=x', 'application/x-www-form-urlencoded')).toMatchObject({ status: 415 });
  });

  test.each(['%', '%00', 'not-a-uuid', '0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b1', 'x'.repeat(300)])(
    'an id that is none is refused: %s',
    async (id) => {
      const answer = await masthead.as('admin').get(`${newsletters}/${id}`);
      expect([400, 404, 414]).toContain(answer.status);
      expect(answer.headers['content-type']).toMatch('application/problem+json');
    },
  );

  test('an id that nothing has is a 404', async () => {
    const answer = await masthead.as('admin').get(`${newsletters}/0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b11`);
    expect(answer).toMatchObject({ status: 404, body: { type: 'urn:masthead:problem:not-found' } });
  });
});

describe('listing newsletters', () => {
  test('walks all of them by cursor, newest first, each once', async () => {
    for (let count = 0; count < 5; count += 1) await makeNewsletter(masthead);
    const all = await masthead.as('viewer').get(`${newsletters}?limit=100`);
    const walked: string[] = [];
    let next: string | undefined = `${newsletters}?limit=2`;
    while (next) {
      const page = await masthead.as('viewer').get(next);
      expect(page.status).toBe(200);
      walked.push(...page.body.data.map((entry: { id: string }) => entry.id));
      next = /<([^>]+)>; rel="next"/.exec(String(page.headers.link ?? ''))?.[1];
      expect(next === undefined).toBe(page.body.page.next === null);
    }
    expect(walked).toEqual(all.body.data.map((entry: { id: string }) => entry.id));
  });

  test.each([
    'limit=0',
    'limit=101',
    'limit=ten',
    'limit=1&limit=2',
    'limit=',
    'cursor=nonsense',
    'cursor=',
    'offset=3',
  ])('refuses %s', async (query) => {
    const answer = await masthead.as('viewer').get(`${newsletters}?${query}`);
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ in: 'query' }] } });
  });
});

describe('changing a newsletter', () => {
  test('changes what the patch names, and raises the revision', async () => {
    const { id } = await makeNewsletter(masthead, {
      tagline: 'Old',
      links: [{ label: 'Web', url: 'https://example.org' }],
    });
    const answer = await masthead.as('admin').patch(`${newsletters}/${id}`, { tagline: null, title: 'New' });
    expect(answer).toMatchObject({
      status: 200,
      headers: { etag: '"2"' },
      body: { title: 'New', tagline: null, links: [{ label: 'Web' }], revision: 2 },
    });
  });

  test('honours If-Match without demanding it', async () => {
    const { id } = await makeNewsletter(masthead);
    const patch = (title: string, etag: string) =>
      masthead.as('admin').patch(`${newsletters}/${id}`, { title }, { 'if-match': etag });
    expect(await patch('First', '"1"')).toMatchObject({ status: 200 });
    expect(await patch('Late', '"1"')).toMatchObject({ status: 412, body: { revision: 2 } });
    expect(await patch('Weak', 'W/"2"')).toMatchObject({ status: 412 });
    expect(await patch('Listed', '"1", "2"')).toMatchObject({ status: 200 });
    expect(await patch('On purpose', '*')).toMatchObject({
      status: 200,
      body: { title: 'On purpose', revision: 4 },
    });
  });

  test('to a slug that is taken is a 409', async () => {
    const { slug } = await makeNewsletter(masthead);
    const { id } = await makeNewsletter(masthead);
    expect(await masthead.as('admin').patch(`${newsletters}/${id}`, { slug })).toMatchObject({ status: 409 });
  });

  test('keeps both of two changes made at once', async () => {
    const { id } = await makeNewsletter(masthead);
    const changes = [{ tagline: 'One' }, { description: 'Two' }, { lengthTarget: 3 }];
    await Promise.all(changes.map((change) => masthead.as('admin').patch(`${newsletters}/${id}`, change)));
    const { body } = await masthead.as('admin').get(`${newsletters}/${id}`);
    expect(body).toMatchObject({ tagline: 'One', description: 'Two', lengthTarget: 3, revision: 4 });
  });
});

describe('deleting a newsletter', () => {
  test('takes a Content-Type without a body', async () => {
    const { id } = await makeNewsletter(masthead);
    const headers = { 'content-type': 'application/json' };
    expect(await masthead.as('admin').delete(`${newsletters}/${id}`, headers)).toMatchObject({ status: 204 });
  });

  test('takes it away for good', async () => {
    const { id } = await makeNewsletter(masthead);
    expect(await masthead.as('admin').delete(`${newsletters}/${id}`)).toMatchObject({
      status: 204,
      body: '',
    });
    expect(await masthead.as('admin').get(`${newsletters}/${id}`)).toMatchObject({ status: 404 });
    expect(await masthead.as('admin').delete(`${newsletters}/${id}`)).toMatchObject({ status: 404 });
  });
});
