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
    expect(answer.body.type).toBe('http://masthead.test/problems/invalid-request');
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
      type: 'http://masthead.test/problems/slug-taken',
      errors: [{ pointer: '/slug', code: 'taken' }],
    });
  });

  test('a key that is bound to newsletters cannot create one', async () => {
    const { id } = await makeNewsletter(masthead);
    const key = await masthead
      .as('admin')
      .post('/admin/v1/api-keys', { name: 'bound', role: 'admin', newsletterIds: [id] });
    const answer = await masthead.withKey(key.body.secret).post(newsletters, { slug: 'mine', title: 'Mine' });
    expect(answer).toMatchObject({
      status: 403,
      body: { type: 'http://masthead.test/problems/key-is-bound' },
    });
  });
});

describe('a patch of a newsletter', () => {
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
