import { beforeAll, describe, expect, test, vi } from 'vitest';
import { selectedEntry } from '../../src/modules/delivery/schemas.ts';
import { walkPages } from '../http/walk-pages.ts';
import { useMasthead } from '../support/app.ts';
import { makeMedia, makeNewsletter, makeReadyIssue, publish } from '../support/factories.ts';
import { readBytes, withdraw } from './reading.ts';

const masthead = useMasthead();
const newsletters = '/content/v1/newsletters';

let base: string;
let archive: string;

beforeAll(async () => {
  const media = await makeMedia(masthead, { alt: 'Teal' });
  const newsletter = await makeNewsletter(masthead, { tagline: 'A line' });
  base = `${newsletters}/${newsletter.slug}`;
  archive = `${base}/issues`;
  for (const number of [1, 2, 3]) {
    const issue = await makeReadyIssue(masthead, {
      ...{ number, newsletterId: newsletter.id, tags: ['a'], cover: { mediaId: media.id } },
      ...{ intro: `Intro *${number}*.\n\n![](media:${media.id})`, signOff: number === 3 ? null : 'Bye.' },
    });
    await publish(masthead, issue.id);
  }
});

async function entriesOf(url: string) {
  const { status, body } = await masthead.anonymous.get(url);
  expect(status).toBe(200);
  return body.data;
}

describe('the fields parameter of a list', () => {
  test('entries have the requested fields and no others', async () => {
    const whole = await entriesOf(archive);
    expect(await entriesOf(`${archive}?fields=title,cover,number`)).toEqual(
      whole.map(({ title, cover, number }: (typeof whole)[number]) => ({ title, cover, number })),
    );
    expect(await entriesOf(`${archive}?fields=tags&tag=a&year=${new Date().getUTCFullYear()}`)).toEqual(
      whole.map(() => ({ tags: ['a'] })),
    );
    const all = Object.keys(whole[0]).toReversed();
    expect(await entriesOf(`${archive}?fields=${all.join(',')}`)).toEqual(whole);
    const [newsletter] = await entriesOf(`${newsletters}?fields=slug,tagline`);
    expect(newsletter).toEqual({ slug: base.split('/').at(-1), tagline: 'A line' });
  });

  test('pagination keeps the fields, and works without the fields of the cursor', async () => {
    expect(await walkPages(masthead.anonymous, `${archive}?fields=title&limit=1`)).toHaveLength(3);
    expect(await walkPages(masthead.anonymous, `${archive}?fields=number,slug&limit=2`)).toEqual(
      [3, 2, 1].map((number) => ({ number, slug: `issue-${number}` })),
    );
    await makeNewsletter(masthead);
    const titles = await walkPages(masthead.anonymous, `${newsletters}?fields=title&limit=1`);
    expect(titles).toEqual([{ title: 'A letter' }, { title: 'A letter' }]);
  });

  test('a selection has its own ETag and the same surrogate keys', async () => {
    const [whole, some] = [
      await readBytes(masthead, archive),
      await readBytes(masthead, `${archive}?fields=id`),
    ];
    expect(some.headers.etag).not.toBe(whole.headers.etag);
    expect(some.headers['surrogate-key']).toBe(whole.headers['surrogate-key']);
  });

  test.each([
    ['issues', 'fields=title,body', 'body'],
    ['issues', 'fields=sections', 'sections'],
    ['issues', 'fields=title,title', 'title'],
    ['issues', 'fields=', ''],
    ['issues', 'include=intro,newsletter', 'newsletter'],
    ['issues', 'include=intro,intro', 'intro'],
    ['newsletters', 'fields=timeZone,id', 'id'],
    ['newsletters', 'fields=latestIssue', 'latestIssue'],
    ['newsletter', 'include=issues', 'issues'],
    ['newsletter', 'include=latestIssue,latestIssue', 'latestIssue'],
  ])('a request for %s with %s returns 400', async (list, query, name) => {
    const url = { issues: archive, newsletters, newsletter: base }[list];
    const { status, body } = await masthead.anonymous.get(`${url}?${query}`);
    expect(status).toBe(400);
    expect(body.errors).toEqual([
      {
        in: 'query',
        pointer: `/${query.split('=')[0]}`,
        code: 'custom',
        message: expect.stringContaining(name),
      },
    ]);
  });

  test('an unknown field returns the list of available fields', async () => {
    const { body } = await masthead.anonymous.get(`${newsletters}?fields=name`);
    expect(body.errors[0].message).toBe(
      'contains "name", which is not one of slug, title, tagline, description, language, timeZone, links, siteUrl, issueUrl, feeds, sitemap',
    );
  });

  test('a single resource ignores fields', async () => {
    for (const url of [base, `${archive}/1`]) {
      expect((await masthead.anonymous.get(`${url}?fields=title`)).body).toEqual(
        (await masthead.anonymous.get(url)).body,
      );
    }
  });
});

describe('the include parameter of the archive', () => {
  test('included texts and sections equal those of the issue and are added to the other fields', async () => {
    const whole = await entriesOf(archive);
    const included = await entriesOf(`${archive}?include=sections,intro,signOff`);
    for (const [at, entry] of included.entries()) {
      const { body: issue } = await masthead.anonymous.get(`${archive}/${entry.number}`);
      const { intro, sections, signOff } = issue;
      expect(entry).toEqual({ ...whole[at], intro, sections, signOff });
      expect(selectedEntry.parse(entry)).toEqual(entry);
      expect(entry.intro.html).toContain('http://masthead.test/media/');
    }
    expect(included.map(({ signOff }: { signOff: unknown }) => signOff === null)).toEqual([
      true,
      false,
      false,
    ]);
  });

  test('include can be combined with fields', async () => {
    expect(await entriesOf(`${archive}?fields=number&include=signOff&limit=2`)).toEqual([
      { number: 3, signOff: null },
      { number: 2, signOff: { markdown: 'Bye.', html: '<p>Bye.</p>' } },
    ]);
  });

  test('a page with include has at most 20 entries', async () => {
    expect(await masthead.anonymous.get(`${archive}?include=intro&limit=20`)).toMatchObject({ status: 200 });
    const refused = await masthead.anonymous.get(`${archive}?include=intro&limit=21`);
    expect(refused).toMatchObject({
      status: 400,
      body: { errors: [{ in: 'query', pointer: '/limit', message: 'must be at most 20 with `include`' }] },
    });
    expect(await masthead.anonymous.get(`${archive}?limit=100`)).toMatchObject({ status: 200 });
  });
});

describe('include=latestIssue of a newsletter', () => {
  test('the latest issue is the newest entry of the archive', async () => {
    const [latest] = await entriesOf(archive);
    const { body: newsletter } = await masthead.anonymous.get(base);
    const { headers, body } = await masthead.anonymous.get(`${base}?include=latestIssue`);
    expect(body).toEqual({ ...newsletter, latestIssue: latest });
    expect(newsletter).not.toHaveProperty('latestIssue');
    expect(headers['surrogate-key']).toMatch(/^content newsletter:/);
  });

  test('the latest issue is null while no issue is published', async () => {
    const { id, slug } = await makeNewsletter(masthead);
    const url = `${newsletters}/${slug}?include=latestIssue`;
    expect(await masthead.anonymous.get(url)).toMatchObject({ status: 200, body: { latestIssue: null } });
    const issue = await makeReadyIssue(masthead, { newsletterId: id });
    await publish(masthead, issue.id);
    expect(await masthead.anonymous.get(url)).toMatchObject({ body: { latestIssue: { id: issue.id } } });
    await withdraw(masthead, issue.id);
    expect(await masthead.anonymous.get(url)).toMatchObject({ body: { latestIssue: null } });
  });

  test('an unknown newsletter returns 404 with include=latestIssue too', async () => {
    for (const slug of ['never', 'NEVER', '%00']) {
      expect(await masthead.anonymous.get(`${newsletters}/${slug}?include=latestIssue`)).toMatchObject({
        status: 404,
      });
    }
  });
});

test('stored documents are not parsed unless the request selects fields', async () => {
  const parse = vi.spyOn(JSON, 'parse');
  try {
    for (const url of [archive, `${archive}/1`, base, `${base}?include=latestIssue`, newsletters]) {
      expect((await masthead.app.inject(url)).statusCode).toBe(200);
    }
    expect(parse.mock.calls.filter(([text]) => /"(slug|title)":/.test(String(text)))).toEqual([]);
    await masthead.app.inject(`${archive}?fields=title`);
    expect(parse.mock.calls.filter(([text]) => /"(slug|title)":/.test(String(text)))).toHaveLength(3);
  } finally {
    parse.mockRestore();
  }
});
