import { describe, expect, test } from 'vitest';
import { jsonLd } from '../../src/modules/feeds/schemas.ts';
import { useMasthead } from '../support/app.ts';
import { makeIssue, makeMedia, makeNewsletter, makePaper, publish } from '../support/factories.ts';

const masthead = useMasthead();
const link = { label: 'A field guide', url: 'https://example.org/guide', rel: 'source' };

/** Publishes an issue with these items and reads it in every form that readers get. */
async function publishItems(items: object[]) {
  const newsletter = await makeNewsletter(masthead);
  const sections = [{ title: 'Reading list', items }];
  const issue = await makeIssue(masthead, { newsletterId: newsletter.id, title: 'List', sections });
  expect((await masthead.as('viewer').get(`/admin/v1/issues/${issue.id}/readiness`)).body).toMatchObject({
    ready: true,
    problems: [],
  });
  await publish(masthead, issue.id);
  const read = async (path: string) => {
    const answer = await masthead.anonymous.get(`/content/v1/newsletters/${newsletter.slug}${path}`);
    expect(answer.status, path).toBe(200);
    return answer.body;
  };
  const latest = await read('/issues/latest');
  return { issue, items: latest.sections[0].items, read, number: latest.number };
}

describe('an item with only its paper', () => {
  const title = 'Deep residual learning for image recognition';

  test('is published under the title of the paper', async () => {
    const paper = await makePaper(masthead, { title, authors: [{ name: 'Kaiming He' }] });
    const { issue, items } = await publishItems([{ kind: 'paper', paperId: paper.id }]);
    expect(items).toMatchObject([
      { kind: 'paper', title, body: null, links: [], figures: [], paper: { id: paper.id, title } },
    ]);
    expect(items[0].anchor).toBe('deep-residual-learning-for-image-recognition');
    const draft = await masthead.as('viewer').get(`/admin/v1/issues/${issue.id}`);
    expect(draft.body.sections[0].items).toMatchObject([{ title: '', paperId: paper.id }]);
  });

  test('keeps the title that it has itself', async () => {
    const paper = await makePaper(masthead, { title });
    const { items } = await publishItems([{ kind: 'paper', title: 'ResNet', paperId: paper.id }]);
    expect(items).toMatchObject([{ title: 'ResNet', paper: { title } }]);
  });

  test('is in feeds, JSON-LD, the archive, the search and the bibliography under that title', async () => {
    const paper = await makePaper(masthead, { title, year: 2016 });
    const { items, read, number } = await publishItems([{ kind: 'paper', paperId: paper.id }]);
    const heading = `#${items[0].anchor}">${title}</a></h3>`;
    expect((await read('/feed.json')).items[0].content_html).toContain(heading);
    expect(await read('/feed.atom')).toContain(title);
    expect(await read('/feed.rss')).toContain(title);
    const described = jsonLd.parse(await read(`/issues/${number}/json-ld`));
    expect(described.hasPart).toMatchObject([{ headline: title, about: { name: title } }]);
    expect((await read(`/issues/${number}/papers`)).data).toMatchObject([{ items: [{ title }] }]);
    expect((await read('/search?q=residual')).data).toMatchObject([{ item: { title } }]);
  });
});

describe('an item with only its link', () => {
  test.each(['link', 'tool', 'note', 'media', 'promo'])(
    'of kind %s is published under its label',
    async (kind) => {
      const { items } = await publishItems([{ kind, links: [link] }]);
      expect(items).toMatchObject([{ kind, title: 'A field guide', anchor: 'a-field-guide', links: [link] }]);
    },
  );

  test('is published under its address if the label is blank', async () => {
    const { items } = await publishItems([{ kind: 'link', links: [{ ...link, label: ' ' }] }]);
    expect(items).toMatchObject([{ title: link.url }]);
  });

  test('is described in JSON-LD and feeds under its label', async () => {
    const { read, number } = await publishItems([{ kind: 'link', links: [link] }]);
    const described = jsonLd.parse(await read(`/issues/${number}/json-ld`));
    expect(described.hasPart).toMatchObject([{ headline: link.label, citation: [{ url: link.url }] }]);
    expect((await read('/feed.json')).items[0].content_html).toContain(`>${link.label}</a></h3>`);
  });
});

test('an item with only a title and a figure is published', async () => {
  const media = await makeMedia(masthead, { alt: 'Teal' });
  const { items } = await publishItems([{ kind: 'media', title: 'Teal', figures: [{ mediaId: media.id }] }]);
  expect(items).toMatchObject([{ title: 'Teal', figures: [{ alt: 'Teal' }] }]);
});

test.each([
  ['a paper that is missing', { kind: 'paper' }, ['title_missing', 'body_or_link_missing', 'paper_missing']],
  ['nothing at all', { kind: 'link' }, ['title_missing', 'body_or_link_missing']],
  ['a body and a link, but no title', { kind: 'link', body: 'Read it.', links: [link] }, ['title_missing']],
])('an item with %s is not ready', async (_what, item, codes) => {
  const issue = await makeIssue(masthead, { title: 'x', sections: [{ title: 'x', items: [item] }] });
  const { body } = await masthead.as('viewer').get(`/admin/v1/issues/${issue.id}/readiness`);
  expect(body.problems.map(({ code }: { code: string }) => code)).toEqual(codes);
});
