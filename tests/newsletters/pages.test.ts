import { describe, expect, test } from 'vitest';
import { fillIssueUrl } from '../../src/modules/newsletters/issue-url.ts';
import { useMasthead } from '../support/app.ts';
import { makeNewsletter, uniqueSlug } from '../support/factories.ts';

const masthead = useMasthead();
const newsletters = '/admin/v1/newsletters';

describe('the pages of a newsletter', () => {
  test('are none by default, and can be set, changed and taken away', async () => {
    const { id, siteUrl, issueUrl } = await makeNewsletter(masthead);
    expect([siteUrl, issueUrl]).toEqual([null, null]);
    const pages = { siteUrl: 'https://letter.example', issueUrl: 'https://letter.example/{number}' };
    const set = await masthead.as('admin').patch(`${newsletters}/${id}`, pages);
    expect(set).toMatchObject({ status: 200, body: pages });
    expect(await masthead.as('viewer').get(`${newsletters}/${id}`)).toMatchObject({ body: pages });
    const taken = await masthead.as('admin').patch(`${newsletters}/${id}`, { issueUrl: null });
    expect(taken).toMatchObject({ status: 200, body: { ...pages, issueUrl: null } });
  });

  test.each([
    'https://letter.example/{slug}',
    'http://letter.example:8080/issues/{number}/{slug}',
    'https://letter.example/?issue={number}',
    'https://{slug}.letter.example/',
    `https://letter.example/${'x'.repeat(470)}{slug}`,
  ])('may be %s', async (issueUrl) => {
    expect(await makeNewsletter(masthead, { issueUrl })).toMatchObject({ issueUrl });
  });

  test.each([
    ['no placeholder', 'https://letter.example/issues'],
    ['one that there is not', 'https://letter.example/{slug}/{id}'],
    ['a fragment', 'https://letter.example/#/{slug}'],
    ['another scheme', 'javascript:alert("{slug}")'],
    ['no scheme', '/issues/{slug}'],
    ['no host', 'https://?{slug}'],
    ['a space', 'https://letter.example/an issue/{slug}'],
    ['too much', `https://letter.example/${'x'.repeat(480)}{slug}`],
    ['NUL', 'https://letter.example/\u0000{slug}'],
    ['nothing', ''],
  ])('may not have %s', async (_what, issueUrl) => {
    const input = { slug: uniqueSlug('refused'), title: 'Refused', issueUrl };
    const answer = await masthead.as('admin').post(newsletters, input);
    expect(answer.status).toBe(400);
    const faults = answer.body.errors.map(({ pointer }: { pointer: string }) => pointer);
    expect(new Set(faults)).toEqual(new Set(['/issueUrl']));
  });

  test('a home page that is no web address is refused', async () => {
    const input = { slug: uniqueSlug('refused'), title: 'Refused', siteUrl: 'letter.example' };
    const answer = await masthead.as('admin').post(newsletters, input);
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ pointer: '/siteUrl' }] } });
  });
});

test.each([
  ['https://letter.example/{slug}', 'https://letter.example/february'],
  ['https://letter.example/{number}/{slug}/{number}', 'https://letter.example/26/february/26'],
  ['https://letter.example/é/{slug}', 'https://letter.example/%C3%A9/february'],
  ['https://Bücher.example/{slug}', 'https://xn--bcher-kva.example/february'],
])('%s is filled in as %s', (template, page) => {
  expect(fillIssueUrl(template, { slug: 'february', number: 26 })).toBe(page);
});
