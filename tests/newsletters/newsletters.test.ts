import { describe, expect, test } from 'vitest';
import { useMasthead } from '../support/app.ts';
import { makeNewsletter, uniqueSlug } from '../support/factories.ts';
import { sendTogether } from '../support/send-together.ts';

const masthead = useMasthead();
const newsletters = '/admin/v1/newsletters';

describe('the creation of a newsletter', () => {
  test('a new newsletter is returned with its address, its ETag and defaults for omitted fields', async () => {
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

  test('the creation records an event with its actor', async () => {
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

  test('every invalid field is reported at once and nothing is created', async () => {
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

  test('of fifty concurrent requests with the same slug exactly one succeeds', async () => {
    const slug = uniqueSlug('contested');
    const answers = await sendTogether(50, () =>
      masthead.as('admin').post(newsletters, { slug, title: 'Mine' }),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(49);
    const refused = answers.find(({ status }) => status === 409);
    expect(refused?.body).toMatchObject({
      type: 'urn:masthead:problem:slug-taken',
      errors: [{ pointer: '/slug', code: 'taken' }],
    });
  });

  test('a key that is bound to newsletters cannot create one', async () => {
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
    ['a __proto__ field', '{"__proto__": {"role": "admin"}, "slug": "x", "title": "x"}', 400],
    ['a body over the limit', `{"slug": "${'x'.repeat(5_000_000)}"}`, 413],
  ])('%s is rejected with a problem', async (_what, payload, status) => {
    const answer = await send(payload);
    expect(answer).toMatchObject({ status, body: { status } });
    expect(answer.headers['content-type']).toMatch('application/problem+json');
  });

  test('a content type other than JSON returns 415', async () => {
    expect(await send('slug=x', 'application/x-www-form-urlencoded')).toMatchObject({ status: 415 });
  });

  test.each(['%', '%00', 'not-a-uuid', '0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b1', 'x'.repeat(300)])(
    'the malformed id %s is rejected with a problem',
    async (id) => {
      const answer = await masthead.as('admin').get(`${newsletters}/${id}`);
      expect([400, 404, 414]).toContain(answer.status);
      expect(answer.headers['content-type']).toMatch('application/problem+json');
    },
  );

  test('an unknown id returns 404', async () => {
    const answer = await masthead.as('admin').get(`${newsletters}/0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b11`);
    expect(answer).toMatchObject({ status: 404, body: { type: 'urn:masthead:problem:not-found' } });
  });
});

describe('the list of newsletters', () => {
  test('cursor pagination returns every newsletter once, in the order of the whole list', async () => {
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
  ])('a list with the query %s returns 400', async (query) => {
    const answer = await masthead.as('viewer').get(`${newsletters}?${query}`);
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ in: 'query' }] } });
  });
});

describe('a patch of a newsletter', () => {
  test('a patch changes the fields that it names and raises the revision', async () => {
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

  test('a stale or weak ETag in If-Match returns 412, and a list or * is accepted', async () => {
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

  test('a patch to a taken slug returns 409', async () => {
    const { slug } = await makeNewsletter(masthead);
    const { id } = await makeNewsletter(masthead);
    expect(await masthead.as('admin').patch(`${newsletters}/${id}`, { slug })).toMatchObject({ status: 409 });
  });

  test('concurrent patches of different fields are all kept', async () => {
    const { id } = await makeNewsletter(masthead);
    const changes = [{ tagline: 'One' }, { description: 'Two' }, { lengthTarget: 3 }];
    await Promise.all(changes.map((change) => masthead.as('admin').patch(`${newsletters}/${id}`, change)));
    const { body } = await masthead.as('admin').get(`${newsletters}/${id}`);
    expect(body).toMatchObject({ tagline: 'One', description: 'Two', lengthTarget: 3, revision: 4 });
  });
});

describe('the deletion of a newsletter', () => {
  test('a deletion with a Content-Type and no body succeeds', async () => {
    const { id } = await makeNewsletter(masthead);
    const headers = { 'content-type': 'application/json' };
    expect(await masthead.as('admin').delete(`${newsletters}/${id}`, headers)).toMatchObject({ status: 204 });
  });

  test('a deleted newsletter returns 404 from then on', async () => {
    const { id } = await makeNewsletter(masthead);
    expect(await masthead.as('admin').delete(`${newsletters}/${id}`)).toMatchObject({
      status: 204,
      body: '',
    });
    expect(await masthead.as('admin').get(`${newsletters}/${id}`)).toMatchObject({ status: 404 });
    expect(await masthead.as('admin').delete(`${newsletters}/${id}`)).toMatchObject({ status: 404 });
  });
});
