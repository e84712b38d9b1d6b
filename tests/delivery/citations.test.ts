import { beforeAll, describe, expect, test } from 'vitest';
import { cslItem } from '../../src/bibliography/csl/csl.ts';
import { useMasthead } from '../support/app.ts';
import { makeIssue, makeNewsletter, makePerson, publish } from '../support/factories.ts';
import { withdraw } from './reading.ts';

const masthead = useMasthead();

/** At noon in UTC it is already the next day in this zone. */
const timeZone = 'Pacific/Kiritimati';
let newsletter: { id: string; slug: string };
let issue: { id: string; number: number; sections: { items: { id: string }[] }[] };
let base: string;
let date: number[];

beforeAll(async () => {
  newsletter = await makeNewsletter(masthead, {
    ...{ title: 'Signal & Noise', language: 'en-AU', timeZone },
    issueUrl: 'https://letter.example/issues/{slug}',
  });
  const people = [
    await makePerson(masthead, { name: 'Ada Lovelace' }),
    await makePerson(masthead, { name: 'Laurens van der Maaten' }),
  ];
  issue = await makeIssue(masthead, {
    newsletterId: newsletter.id,
    ...{ number: 26, slug: 'february', title: 'What you missed' },
    authorIds: people.map(({ id }) => id),
    sections: [{ title: 'Tools', items: [{ kind: 'note', title: 'A tool', body: 'Words.' }] }],
  });
  await publish(masthead, issue.id);
  base = `/content/v1/newsletters/${newsletter.slug}/issues`;
  const { body } = await masthead.anonymous.get(`${base}/26`);
  date = new Intl.DateTimeFormat('en-CA', { timeZone })
    .format(new Date(body.publishedAt))
    .split('-')
    .map(Number);
});

async function cite(path: string) {
  const { status, body } = await masthead.anonymous.get(`${base}/${path}`);
  expect(status).toBe(200);
  const [item] = cslItem.array().length(1).parse(body);
  return item;
}

const textOf = async (path: string) => (await masthead.anonymous.get(`${base}/${path}`)).body;

describe('the citation of an issue', () => {
  test('an issue is cited as a magazine article with the local publication date and the page of the frontend', async () => {
    expect(await cite('26/citation')).toEqual({
      id: expect.stringMatching(/^lovelace\d{4}what$/),
      type: 'article-magazine',
      title: 'What you missed',
      author: [
        { family: 'Lovelace', given: 'Ada' },
        { family: 'van der Maaten', given: 'Laurens' },
      ],
      issued: { 'date-parts': [date] },
      'container-title': 'Signal & Noise',
      issue: '26',
      URL: 'https://letter.example/issues/february',
      language: 'en-AU',
    });
  });

  test('the citation is the same by number, by slug and for the latest issue', async () => {
    const expected = await cite('26/citation');
    expect(await cite('february/citation')).toEqual(expected);
    expect(await cite('latest/citation')).toEqual(expected);
  });

  test('an issue can be cited in APA, IEEE, BibTeX and RIS', async () => {
    const [year = 0] = date;
    expect(await textOf('26/citation?format=apa')).toMatch(
      new RegExp(
        `^Lovelace, A\\., & van der Maaten, L\\. \\(${year}, \\w+ \\d+\\)\\. What you missed\\. Signal & Noise, \\(26\\)\\. https://letter\\.example/issues/february\\n$`,
      ),
    );
    expect(await textOf('26/citation?format=ieee')).toContain('Signal & Noise, no. 26');
    expect(await textOf('26/citation?format=bibtex')).toMatch(/^@article\{/);
    expect(await textOf('26/citation?format=ris')).toMatch(/^TY {2}- MGZN\r\n/);
  });
});

describe('the citation of an item', () => {
  test('an item is cited with the authors of the issue, its section and its anchor', async () => {
    const { id: _id, ...whole } = (await cite('26/citation')) ?? {};
    const { id: _own, ...item } = (await cite('26/items/a-tool/citation')) ?? {};
    expect(item).toEqual({
      ...whole,
      title: 'A tool',
      section: 'Tools',
      URL: 'https://letter.example/issues/february#a-tool',
    });
  });

  test.each(['none', 'A-TOOL', '%00', '__proto__'])('the citation of %s returns 404', async (anchor) => {
    const { status } = await masthead.anonymous.get(
      `${base}/26/items/${encodeURIComponent(anchor)}/citation`,
    );
    expect(status).toBe(404);
  });
});

test('a citation follows the live edition: unchanged by drafts, updated by a correction, gone after withdrawal', async () => {
  const titles = async () => [
    (await cite('26/citation'))?.title,
    (await cite('26/items/a-tool/citation'))?.title,
  ];
  const item = `/admin/v1/items/${issue.sections[0]?.items[0]?.id}`;
  await titles();
  await masthead.as('author').patch(`/admin/v1/issues/${issue.id}`, { title: 'Other' }, { 'if-match': '*' });
  await masthead.as('author').patch(item, { title: 'Another tool' }, { 'if-match': '*' });
  expect(await titles()).toEqual(['What you missed', 'A tool']);
  await publish(masthead, issue.id);
  expect(await titles()).toEqual(['Other', 'Another tool']);
  await masthead
    .as('admin')
    .patch(`/admin/v1/newsletters/${newsletter.id}`, { issueUrl: 'https://other.example/{number}' });
  expect((await cite('26/citation'))?.URL).toBe('https://other.example/26');
  await withdraw(masthead, issue.id);
  for (const path of ['26/citation', '26/items/a-tool/citation', 'latest/citation?format=apa']) {
    expect((await masthead.anonymous.get(`${base}/${path}`)).status).toBe(404);
  }
});

test.each(['The Editors', 'The drawing desk'])('the author “%s” is an organization', async (name) => {
  const { id } = await makePerson(masthead, { name });
  const plain = await makeNewsletter(masthead);
  const items = [{ kind: 'note', title: 'One', body: 'Words.' }];
  const signed = await makeIssue(masthead, {
    newsletterId: plain.id,
    ...{ title: 'Signed', authorIds: [id], sections: [{ title: 'Notes', items }] },
  });
  await publish(masthead, signed.id);
  const address = `/content/v1/newsletters/${plain.slug}/issues/latest/citation`;
  expect((await masthead.anonymous.get(address)).body[0].author).toEqual([{ literal: name }]);
  expect((await masthead.anonymous.get(`${address}?format=apa`)).body).toMatch(new RegExp(`^${name}\\. \\(`));
});

test('an issue without authors and frontend is cited by its title, with its address in the Content API', async () => {
  const plain = await makeNewsletter(masthead, { title: 'A letter' });
  const items = [{ kind: 'note', title: 'One', body: 'Words.' }];
  const { id } = await makeIssue(masthead, {
    newsletterId: plain.id,
    title: 'Untold',
    sections: [{ title: 'Notes', items }],
  });
  await publish(masthead, id);
  const path = `/content/v1/newsletters/${plain.slug}/issues/1`;
  const { body } = await masthead.anonymous.get(`${path}/citation`);
  expect(body[0]).toMatchObject({ title: 'Untold', URL: `http://masthead.test${path}` });
  expect(body[0]).not.toHaveProperty('author');
  expect((await masthead.anonymous.get(`${path}/citation?format=apa`)).body).toMatch(/^Untold\. \(/);
});
