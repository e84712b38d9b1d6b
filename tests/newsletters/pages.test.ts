import { describe, expect, test } from 'vitest';
import { fillIssueUrl } from '../../src/modules/newsletters/issue-url.ts';
import { useMasthead } from '../support/app.ts';
import { makeNewsletter, uniqueSlug } from '../support/factories.ts';

const masthead = useMasthead();
const newsletters = '/admin/v1/newsletters';

describe('the frontend addresses of a newsletter', () => {
  test('siteUrl and issueUrl are null by default and can be set and removed', async () => {
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
  ])('issueUrl can be %s', async (issueUrl) => {
    expect(await makeNewsletter(masthead, { issueUrl })).toMatchObject({ issueUrl });
  });

  test.each([
    ['no placeholder', 'https://letter.example/issues'],
    ['an unknown placeholder', 'https://letter.example/{slug}/{id}'],
    ['a fragment', 'https://letter.example/#/{slug}'],
    ['another scheme', 'javascript:alert("{slug}")'],
    ['no scheme', '/issues/{slug}'],
    ['no host', 'https://?{slug}'],
    ['a space', 'https://letter.example/an issue/{slug}'],
    ['too many characters', `https://letter.example/${'x'.repeat(480)}{slug}`],
    ['a NUL character', 'https://letter.example/\u0000{slug}'],
    ['no characters', ''],
  ])('an issueUrl with %s is rejected', async (_what, issueUrl) => {
    const input = { slug: uniqueSlug('refused'), title: 'Refused', issueUrl };
    const answer = await masthead.as('admin').post(newsletters, input);
    expect(answer.status).toBe(400);
    const faults = answer.body.errors.map(({ pointer }: { pointer: string }) => pointer);
    expect(new Set(faults)).toEqual(new Set(['/issueUrl']));
  });

  test('a siteUrl without a scheme is rejected', async () => {
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
])('the template %s gives the address %s', (template, page) => {
  expect(fillIssueUrl(template, { slug: 'february', number: 26 })).toBe(page);
});
