import { beforeAll, describe, expect, test } from 'vitest';
import { jsonLd } from '../../src/modules/feeds/schemas.ts';
import { readBytes, withdraw } from '../delivery/reading.ts';
import { useMasthead } from '../support/app.ts';
import {
  makeMedia,
  makeNewsletter,
  makePaper,
  makePerson,
  makeReadyIssue,
  publish,
} from '../support/factories.ts';

const masthead = useMasthead();
const base = '/content/v1/newsletters';

const hostile = '</script><script>alert(1)</script><!-- <script> ]]> \u2028';

describe('the JSON-LD of an issue', () => {
  let newsletter: { id: string; slug: string };
  let issue: { id: string; publishedAt: string; updatedAt: string };
  let paper: { id: string };
  let answer: Awaited<ReturnType<typeof readBytes>>;

  beforeAll(async () => {
    newsletter = await makeNewsletter(masthead, {
      title: 'Signal & Noise',
      tagline: 'A letter',
      language: 'en-AU',
      siteUrl: 'https://letter.example',
      issueUrl: 'https://letter.example/issues/{slug}',
    });
    paper = await makePaper(masthead, {
      title: 'BLIP: Bootstrapping',
      authors: ['Junnan Li', 'Dongxu Li'],
      year: 2022,
      venue: 'ICML',
      abstract: `We present ${hostile}`,
      arxivId: '2201.12086',
      doi: '10.1000/blip',
    });
    const person = await makePerson(masthead, {
      name: 'Ada',
      bio: 'Writes.',
      links: [{ label: 'Web', url: 'https://ada.example/' }],
    });
    const cover = await makeMedia(masthead, { alt: 'Teal', caption: 'A cover', creditText: 'Bo' });
    const made = await makeReadyIssue(masthead, {
      newsletterId: newsletter.id,
      number: 26,
      slug: 'february',
      title: `February ${hostile}`,
      subtitle: 'A short month',
      coverage: { from: '2022-02-01', to: '2022-02-28' },
      tags: ['vision'],
      authorIds: [person.id],
      cover: { mediaId: cover.id },
      sections: [
        {
          title: 'Papers',
          items: [{ kind: 'paper', title: 'BLIP', body: 'It matters.', paperId: paper.id, tags: ['nlp'] }],
        },
        {
          title: 'Things',
          items: [
            {
              kind: 'tool',
              title: 'A tool',
              links: [{ label: 'Get it', url: 'https://tool.example/', rel: 'source' }],
            },
          ],
        },
      ],
    });
    await publish(masthead, made.id);
    issue = (await masthead.anonymous.get(`${base}/${newsletter.slug}/issues/26`)).body;
    answer = await readBytes(masthead, `${base}/${newsletter.slug}/issues/26/json-ld`);
  });

  test('an issue is a PublicationIssue of a Periodical, with its items and their papers', () => {
    expect(answer).toMatchObject({
      status: 200,
      headers: {
        'content-type': 'application/ld+json; charset=utf-8',
        'surrogate-key': `content newsletter:${newsletter.id} issue:${issue.id}`,
      },
    });
    const page = 'https://letter.example/issues/february';
    const body = JSON.parse(answer.body);
    expect(jsonLd.parse(body)).toEqual(body);
    expect(body).toEqual({
      '@context': 'https://schema.org',
      '@type': 'PublicationIssue',
      '@id': `urn:uuid:${issue.id}`,
      url: page,
      name: `February ${hostile}`,
      description: 'A short month',
      issueNumber: 26,
      datePublished: issue.publishedAt,
      dateModified: issue.updatedAt,
      temporalCoverage: '2022-02-01/2022-02-28',
      inLanguage: 'en-AU',
      keywords: ['vision'],
      author: [{ '@type': 'Person', name: 'Ada', description: 'Writes.', sameAs: ['https://ada.example/'] }],
      image: {
        '@type': 'ImageObject',
        url: expect.stringMatching(/^http:\/\/masthead\.test\/media\/.+\.png$/),
        encodingFormat: 'image/png',
        width: { '@type': 'QuantitativeValue', value: 4, unitCode: 'E37' },
        height: { '@type': 'QuantitativeValue', value: 3, unitCode: 'E37' },
        description: 'Teal',
        caption: 'A cover',
        creditText: 'Bo',
      },
      isPartOf: {
        '@type': 'Periodical',
        '@id': `urn:uuid:${newsletter.id}`,
        url: 'https://letter.example/',
        name: 'Signal & Noise',
        description: 'A letter',
        inLanguage: 'en-AU',
      },
      hasPart: [
        {
          '@type': 'Article',
          '@id': expect.stringMatching(/^urn:uuid:/),
          url: `${page}#blip`,
          headline: 'BLIP',
          articleSection: 'Papers',
          keywords: ['nlp'],
          about: {
            '@type': 'ScholarlyArticle',
            '@id': `urn:uuid:${paper.id}`,
            url: 'https://doi.org/10.1000/blip',
            name: 'BLIP: Bootstrapping',
            author: [
              { '@type': 'Person', name: 'Junnan Li' },
              { '@type': 'Person', name: 'Dongxu Li' },
            ],
            datePublished: '2022',
            isPartOf: { '@type': 'CreativeWork', name: 'ICML' },
            abstract: `We present ${hostile}`,
            sameAs: ['https://doi.org/10.1000/blip', 'https://arxiv.org/abs/2201.12086'],
          },
        },
        {
          '@type': 'CreativeWork',
          '@id': expect.stringMatching(/^urn:uuid:/),
          url: `${page}#a-tool`,
          headline: 'A tool',
          citation: [{ '@type': 'CreativeWork', name: 'Get it', url: 'https://tool.example/' }],
        },
      ],
    });
  });

  test('the JSON-LD contains no “<”, so that it can be embedded in a script element', () => {
    expect(answer.body).not.toContain('<');
  });

  test('the JSON-LD is the same by number, by slug and for the latest issue', async () => {
    for (const key of ['february', 'latest']) {
      expect(await readBytes(masthead, `${base}/${newsletter.slug}/issues/${key}/json-ld`)).toEqual(answer);
    }
  });

  test('a known ETag returns 304', async () => {
    const condition = { 'if-none-match': String(answer.headers.etag) };
    const url = `${base}/${newsletter.slug}/issues/26/json-ld`;
    expect(await readBytes(masthead, url, condition)).toMatchObject({ status: 304, body: '' });
  });
});

test('an issue that is not published has no JSON-LD', async () => {
  const { id, slug } = await makeNewsletter(masthead);
  const [draft, withdrawn] = [
    await makeReadyIssue(masthead, { newsletterId: id }),
    await makeReadyIssue(masthead, { newsletterId: id }),
  ];
  await publish(masthead, withdrawn.id);
  await withdraw(masthead, withdrawn.id);
  for (const key of [draft.number, withdrawn.number, draft.slug, 'latest', '0', '01', '%00', 'a%2Fb']) {
    const answer = await readBytes(masthead, `${base}/${slug}/issues/${key}/json-ld`);
    expect.soft(answer.status, String(key)).toBe(404);
    expect.soft(JSON.parse(answer.body).detail, String(key)).toBe('There is no such issue.');
  }
  expect((await readBytes(masthead, `${base}/never/issues/1/json-ld`)).status).toBe(404);
});

test('fields that an issue does not have are left out', async () => {
  const newsletter = await makeNewsletter(masthead);
  await publish(masthead, (await makeReadyIssue(masthead, { newsletterId: newsletter.id })).id);
  const { body } = await readBytes(masthead, `${base}/${newsletter.slug}/issues/1/json-ld`);
  const read = JSON.parse(body);
  expect(body).not.toContain('null');
  expect(Object.keys(read)).not.toEqual(expect.arrayContaining(['author']));
  expect(read.url).toBe(`http://masthead.test${base}/${newsletter.slug}/issues/1`);
  expect(read.isPartOf.url).toBe(`http://masthead.test${base}/${newsletter.slug}`);
});
