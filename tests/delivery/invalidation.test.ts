import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { useMasthead } from '../support/app.ts';
import { makeIssue, makeNewsletter, makePaper, makePerson, publish } from '../support/factories.ts';
import { injectAtDoor } from '../support/inject.ts';
import { withdraw } from './reading.ts';

const masthead = useMasthead();

type Issue = { id: string; number: number };
type Letter = {
  id: string;
  base: string;
  /** Published in this order, each with a paper, an author and a tag of its own. */
  issues: Issue[];
  papers: { id: string }[];
  people: { id: string; slug: string }[];
};

const LINKS = [{ label: 'Source', rel: 'source', url: 'https://linked.example/a' }];

const read = async (url: string) => (await injectAtDoor(masthead.app, { url })).body;
const isKept = (url: string) => masthead.responses.find(url) !== null;

async function makeLetter(count: number): Promise<Letter> {
  const newsletter = await makeNewsletter(masthead);
  const letter: Letter = {
    id: newsletter.id,
    base: `/content/v1/newsletters/${newsletter.slug}`,
    ...{ issues: [], papers: [], people: [] },
  };
  for (let n = 1; n <= count; n += 1) await addIssue(letter);
  return letter;
}

async function addIssue(letter: Letter): Promise<Issue> {
  const paper = await makePaper(masthead, { title: `Paper of ${letter.base}` });
  const person = await makePerson(masthead);
  const issue = await makeIssue(masthead, {
    newsletterId: letter.id,
    title: `Issue ${letter.issues.length + 1}`,
    authorIds: [person.id],
    tags: [`tag-${letter.issues.length + 1}`],
    sections: [
      {
        title: 'Papers',
        items: [
          {
            kind: 'paper',
            title: 'A',
            body: 'It matters.',
            paperId: paper.id,
            links: LINKS,
            tags: ['item-tag'],
          },
        ],
      },
    ],
  });
  await publish(masthead, issue.id);
  letter.issues.push(issue);
  letter.papers.push(paper);
  letter.people.push(person);
  return issue;
}

/** Every kind of address that shows something of the letter, by a name for it. */
function addressesOf({ base, issues, papers, people }: Letter): Map<string, string> {
  const ofIssues = issues.flatMap(({ number }): [string, string][] => [
    [`issue ${number}`, `${base}/issues/${number}`],
    [`papers of ${number}`, `${base}/issues/${number}/papers`],
    [`citation of ${number}`, `${base}/issues/${number}/citation`],
    [`JSON-LD of ${number}`, `${base}/issues/${number}/json-ld`],
    [`archive of tag-${number}`, `${base}/issues?tag=tag-${number}`],
    [`uses of tag-${number}`, `/content/v1/tags/tag-${number}/uses`],
  ]);
  const ofPapers = papers.flatMap(({ id }, at): [string, string][] => [
    [`paper ${at + 1}`, `/content/v1/papers/${id}`],
    [`uses of paper ${at + 1}`, `/content/v1/papers/${id}/uses`],
  ]);
  const ofPeople = people.map(({ slug }, at): [string, string] => [
    `person ${at + 1}`,
    `/content/v1/people/${slug}/uses`,
  ]);
  return new Map([
    ...ofIssues,
    ...ofPapers,
    ...ofPeople,
    ['latest', `${base}/issues/latest`],
    ['archive', `${base}/issues`],
    ['newsletter', base],
    ['newsletter with latest', `${base}?include=latestIssue`],
    ['newsletters', '/content/v1/newsletters'],
    ['feed', `${base}/feed.atom`],
    ['sitemap', `${base}/sitemap.xml`],
    ['most featured', `${base}/most-featured?kind=papers&period=${new Date().getUTCFullYear()}`],
  ]);
}

/** Other forms of these addresses, which have statements or keys of their own, and addresses that lead nowhere at first. */
function formsOf({ base, id, papers, people }: Letter): Map<string, string> {
  const slug = base.split('/').at(-1);
  const year = new Date().getUTCFullYear();
  const paths = [
    ...['', '/papers', '/papers?format=bibtex', '/citation', '/citation?format=ris', '/json-ld'].map(
      (part) => `${base}/issues/latest${part}`,
    ),
    ...['5', '6', '9', 'nine', '5/citation', '9/json-ld', 'nine/papers'].map(
      (path) => `${base}/issues/${path}`,
    ),
    ...['rss', 'json', 'atom?tag=tag-2'].map((format) => `${base}/feed.${format}`),
    ...[`year=${year}`, `year=${year}&tag=tag-2`, 'limit=1', 'include=sections&limit=2'].map(
      (query) => `${base}/issues?${query}`,
    ),
    ...['/content/v1/newsletters?fields=slug', '/content/v1/sitemap.xml', `${base}/sitemap.xml?from=1`],
    ...['papers', 'people', 'tags', 'domains'].flatMap((kind) => [
      `${base}/most-featured?kind=${kind}&period=${year}`,
      `/content/v1/most-featured?kind=${kind}&period=${year}`,
    ]),
    ...['/content/v1/domains/linked.example/uses', '/content/v1/tags/item-tag/uses'],
    `/content/v1/people/moved-${people[1]?.slug}/uses`,
    `/content/v1/newsletters/moved-${id}/issues/latest`,
  ];
  const scoped = [
    ...papers.slice(0, 4).map(({ id }) => `papers/${id}`),
    ...people.slice(0, 4).map(({ slug }) => `people/${slug}`),
    ...['tags/tag-2', 'tags/item-tag', 'domains/linked.example'],
  ].map((path) => `/content/v1/${path}/uses?newsletter=${slug}`);
  return new Map([...paths, ...scoped].map((url) => [url, url]));
}

/** Reads everything that has an address. Then all of it is kept. */
async function warm(letter: Letter, addresses = addressesOf(letter)): Promise<void> {
  await masthead.receiveNotifications();
  for (const [name, url] of addresses) {
    const { statusCode } = await injectAtDoor(masthead.app, { url });
    if (statusCode === 200) expect(isKept(url), name).toBe(true);
  }
}

/** Names of the addresses that a change dropped from the cache. */
async function findDropped(letter: Letter): Promise<string[]> {
  await masthead.receiveNotifications();
  return [...addressesOf(letter)].filter(([, url]) => !isKept(url)).map(([name]) => name);
}

async function correct({ id }: Issue, patch: object): Promise<void> {
  await masthead.as('author').patch(`/admin/v1/issues/${id}`, patch, { 'if-match': '*' });
  await publish(masthead, id);
}

async function withdrawIfPublished(id: string): Promise<void> {
  const issue = await masthead.as('editor').get(`/admin/v1/issues/${id}`);
  if (issue.body.status === 'published') await withdraw(masthead, id);
}

const LISTS = ['archive', 'newsletter with latest', 'feed', 'sitemap', 'most featured'];

let letter: Letter;
let other: Letter;

beforeAll(async () => {
  other = await makeLetter(2);
});

beforeEach(async () => {
  letter = await makeLetter(5);
  await warm(letter);
  await warm(other);
});

describe('Cache invalidation', () => {
  test('drops the issue that is corrected, its neighbours, its paper, its author and the lists, and nothing else', async () => {
    await correct(letter.issues[2] as Issue, { title: 'Corrected' });

    expect(new Set(await findDropped(letter))).toEqual(
      new Set([
        ...['issue 2', 'issue 3', 'issue 4'],
        ...['papers of 2', 'papers of 3', 'papers of 4'],
        ...['citation of 2', 'citation of 3', 'citation of 4'],
        ...['JSON-LD of 2', 'JSON-LD of 3', 'JSON-LD of 4'],
        ...['paper 3', 'uses of paper 3', 'person 3'],
        ...[1, 2, 3, 4, 5].flatMap((n) => [`archive of tag-${n}`, `uses of tag-${n}`]),
        ...LISTS,
      ]),
    );
    expect(await findDropped(other)).not.toContain('issue 1');
    expect(await findDropped(other)).not.toContain('archive');
  });

  test('drops the former latest issue when a new one is published, and keeps the earlier ones', async () => {
    await addIssue(letter);

    const dropped = await findDropped(letter);
    expect(dropped).toEqual(expect.arrayContaining(['issue 5', 'latest', ...LISTS]));
    for (const kept of ['issue 1', 'issue 2', 'issue 3', 'issue 4', 'paper 5']) {
      expect(dropped).not.toContain(kept);
    }
  });

  test('drops the issues that feature a paper whose status changes, and keeps the others', async () => {
    const statuses = [{ status: 'retracted', date: '2026-01-01' }];
    await masthead.as('author').patch(`/admin/v1/papers/${letter.papers[1]?.id}`, { statuses });

    const dropped = await findDropped(letter);
    expect(dropped).toEqual(expect.arrayContaining(['issue 2', 'papers of 2', 'paper 2']));
    for (const kept of ['issue 4', 'issue 5', 'archive', 'feed', 'paper 3'])
      expect(dropped).not.toContain(kept);
  });
});

test('every address answers from the cache what it answers without one, whatever was changed', async () => {
  const { issues, papers, people } = letter;
  const changes: (() => Promise<unknown>)[] = [
    () => correct(issues[1] as Issue, { title: 'Another title' }),
    () => correct(issues[4] as Issue, { number: 9, slug: 'nine' }),
    () => correct(issues[0] as Issue, { tags: ['tag-2'], authorIds: [people[3]?.id] }),
    () => withdraw(masthead, issues[2]?.id ?? ''),
    () => withdraw(masthead, issues[4]?.id ?? ''),
    () => publish(masthead, issues[2]?.id ?? ''),
    () => addIssue(letter),
    () => masthead.as('author').patch(`/admin/v1/papers/${papers[0]?.id}`, { title: 'Renamed' }),
    () =>
      masthead.as('author').patch(`/admin/v1/papers/${papers[1]?.id}`, {
        statuses: [{ status: 'corrected', date: '2026-02-01' }],
      }),
    () =>
      masthead.as('editor').post(`/admin/v1/papers/${papers[3]?.id}/merge`, { paperIds: [papers[0]?.id] }),
    () => masthead.as('author').patch(`/admin/v1/people/${people[1]?.id}`, { name: 'Renamed' }),
    () =>
      masthead.as('author').patch(`/admin/v1/people/${people[1]?.id}`, { slug: `moved-${people[1]?.slug}` }),
    () => masthead.as('admin').patch(`/admin/v1/newsletters/${letter.id}`, { title: 'Renamed' }),
    () => masthead.as('admin').patch(`/admin/v1/newsletters/${letter.id}`, { slug: `moved-${letter.id}` }),
    () => makeNewsletter(masthead),
    async () => {
      for (const { id } of issues) await withdrawIfPublished(id);
    },
  ];
  for (const [at, change] of changes.entries()) {
    const addresses = new Map([...addressesOf(letter), ...formsOf(letter)]);
    await warm(letter, addresses);
    await change();
    const fromCache = new Map<string, string>();
    for (const [name, url] of addresses) fromCache.set(name, await read(url));
    masthead.responses.clear();
    for (const [name, url] of addresses) {
      expect(fromCache.get(name), `${name} after change ${at + 1}`).toBe(await read(url));
    }
  }
});
