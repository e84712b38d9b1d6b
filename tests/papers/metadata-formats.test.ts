import { describe, expect, test } from 'vitest';
import type { CslItem } from '../../src/bibliography/csl/csl.ts';
import { makeMetadataClient } from '../../src/modules/papers/metadata/metadata-client.ts';
import type { RegistryIdentifier } from '../../src/modules/papers/metadata/registry/registry-identifier.ts';
import { useMasthead } from '../support/app.ts';
import { IN_HASTE, useMetadataServer } from '../support/metadata-server.ts';

const masthead = useMasthead();
const server = useMetadataServer();

async function find(scheme: RegistryIdentifier['scheme'], value: string): Promise<CslItem> {
  await masthead.ctx.db.metadataAnswer.deleteMany();
  const client = makeMetadataClient(server.config, IN_HASTE);
  const answers = await client.lookUp(masthead.ctx, [{ scheme, value }], AbortSignal.timeout(10_000));
  const answer = answers.get(`${scheme}:${value}`);
  if (answer?.outcome !== 'found') throw new Error(JSON.stringify(answer));
  return answer.item;
}

describe('metadata from arXiv', () => {
  test('a preprint is read with title, authors, abstract, date, version, DOI and status', async () => {
    server.addToArxiv({
      id: '2201.12086v2',
      title: 'BLIP: Bootstrapping Language-Image Pre-training\n  for Vision & Language',
      authors: [
        'Junnan Li',
        'Laurens van der Maaten',
        'Luc Van Gool',
        'ATLAS Collaboration',
        ':',
        'Aristotle',
      ],
      summary: '  A model for\n both < understanding > and generation.\n',
      doi: '10.1000/ICML.2022',
      journalRef: 'Phys. Rev. D 76, 013009 (2007)',
    });

    expect(await find('arxiv', '2201.12086')).toEqual({
      type: 'article',
      title: 'BLIP: Bootstrapping Language-Image Pre-training for Vision & Language',
      author: [
        { given: 'Junnan', family: 'Li' },
        { given: 'Laurens', family: 'van der Maaten' },
        { given: 'Luc', family: 'Van Gool' },
        { literal: 'ATLAS Collaboration' },
        { literal: 'Aristotle' },
      ],
      abstract: 'A model for both < understanding > and generation.',
      issued: { 'date-parts': [[2022, 1, 28]] },
      archive: 'arXiv',
      archive_location: '2201.12086v2',
      DOI: '10.1000/ICML.2022',
      note: 'Journal reference: Phys. Rev. D 76, 013009 (2007)',
      custom: {
        statuses: [{ status: 'preprint', date: '2022-01-28', url: 'https://arxiv.org/abs/2201.12086' }],
      },
    });
  });

  test('a preprint with an old-style id and without authors and abstract is read', async () => {
    server.addToArxiv({
      id: 'cs/0112017v1',
      title: 'Localizing Experience of Digital Content',
      authors: [],
      published: '2001-12-14T20:10:27Z',
    });

    const item = await find('arxiv', 'cs/0112017');
    expect(item).toMatchObject({
      archive_location: 'cs/0112017v1',
      issued: { 'date-parts': [[2001, 12, 14]] },
    });
    expect(Object.keys(item)).not.toContain('author');
    expect(Object.keys(item)).not.toContain('abstract');
  });
});

describe('metadata from Crossref', () => {
  test('a journal article is read with all its fields', async () => {
    server.addToCrossref({
      DOI: '10.1145/3065386',
      type: 'journal-article',
      title: ['ImageNet classification with <i>deep</i> convolutional neural networks &amp; more'],
      subtitle: ['A second look'],
      author: [
        {
          given: 'Alex',
          family: 'Krizhevsky',
          sequence: 'first',
          affiliation: [{ name: 'Google Inc.' }],
          ORCID: 'http://orcid.org/0000-0002-1825-0097',
          'authenticated-orcid': false,
        },
        { given: 'Geoffrey E.', family: 'Hinton', suffix: 'Jr.', sequence: 'additional', affiliation: [] },
        { name: 'The Vision Consortium', sequence: 'additional', affiliation: [] },
        { sequence: 'additional', affiliation: [] },
      ],
      'container-title': ['Communications of the ACM'],
      'short-container-title': ['Commun. ACM'],
      publisher: 'Association for Computing Machinery (ACM)',
      published: { 'date-parts': [[2017, 5, 24]] },
      issued: { 'date-parts': [[2017, 5, 24]] },
      volume: '60',
      issue: '6',
      page: '84-90',
      language: 'en',
      ISSN: ['0001-0782', '1557-7317'],
      abstract:
        '<jats:title>Abstract</jats:title><jats:p>A large network for <jats:italic>p</jats:italic> &lt; 0.05.</jats:p>\n<jats:p>And\n a second paragraph.</jats:p>',
      license: [
        { URL: 'https://example.org/mining', start: {}, 'delay-in-days': 0, 'content-version': 'tdm' },
        { URL: 'https://example.org/licence', start: {}, 'delay-in-days': 0, 'content-version': 'vor' },
      ],
      relation: {
        'has-preprint': [
          { 'id-type': 'arxiv', id: '1202.0011v2', 'asserted-by': 'subject' },
          { 'id-type': 'doi', id: '10.1101/2020.01.01.123456', 'asserted-by': 'object' },
          { 'id-type': 'uri', id: 'https://example.org', 'asserted-by': 'subject' },
        ],
        'is-cited-by': [{ 'id-type': 'doi', id: '10.1000/citing', 'asserted-by': 'subject' }],
        cites: [],
      },
    });

    expect(await find('doi', '10.1145/3065386')).toEqual({
      type: 'article-journal',
      title: 'ImageNet classification with deep convolutional neural networks & more: A second look',
      author: [
        { given: 'Alex', family: 'Krizhevsky', ORCID: '0000-0002-1825-0097' },
        { given: 'Geoffrey E.', family: 'Hinton', suffix: 'Jr.' },
        { literal: 'The Vision Consortium' },
      ],
      'container-title': 'Communications of the ACM',
      'container-title-short': 'Commun. ACM',
      publisher: 'Association for Computing Machinery (ACM)',
      issued: { 'date-parts': [[2017, 5, 24]] },
      volume: '60',
      issue: '6',
      page: '84-90',
      language: 'en',
      ISSN: '0001-0782, 1557-7317',
      abstract: 'A large network for p < 0.05.\n\nAnd a second paragraph.',
      DOI: '10.1145/3065386',
      custom: {
        licence: 'https://example.org/licence',
        identifiers: ['arXiv:1202.0011', '10.1101/2020.01.01.123456'],
        statuses: [{ status: 'published', date: '2017-05-24' }],
      },
    });
  });

  test('a retracted article lists each notice once with its date and URL', async () => {
    const update = (DOI: string, type: string, source: string, parts: number[]) => ({
      DOI,
      type,
      source,
      label: type === 'retraction' ? 'Retraction' : 'Correction',
      updated: { 'date-parts': [parts], 'date-time': '2010-02-06T00:00:00Z', timestamp: 0 },
    });
    server.addToCrossref({
      DOI: '10.1016/s0140-6736(97)11096-0',
      type: 'journal-article',
      title: ['RETRACTED: An early report'],
      published: { 'date-parts': [[1998, 2]] },
      'updated-by': [
        update('10.1016/s0140-6736(10)60175-4', 'retraction', 'retraction-watch', [2010, 2, 6]),
        update('10.1016/s0140-6736(10)60175-4', 'retraction', 'publisher', [2010, 2, 6]),
        update('10.1016/s0140-6736(04)15699-7', 'correction', 'publisher', [2004, 3, 6]),
        update('10.1000/concern', 'expression_of_concern', 'publisher', [2003]),
      ],
      'update-to': [update('10.1000/another.work', 'retraction', 'publisher', [1999])],
    });

    const { custom } = await find('doi', '10.1016/s0140-6736(97)11096-0');
    expect(custom).toEqual({
      statuses: [
        { status: 'published', date: '1998-02' },
        {
          status: 'corrected',
          date: '2004-03-06',
          note: 'Correction',
          url: 'https://doi.org/10.1016/s0140-6736(04)15699-7',
        },
        {
          status: 'retracted',
          date: '2010-02-06',
          note: 'Retraction',
          url: 'https://doi.org/10.1016/s0140-6736(10)60175-4',
        },
      ],
    });
  });

  test('a work whose record was replaced by its own retraction is retracted', async () => {
    server.addToCrossref({
      DOI: '10.1007/S11277-021-09072-0',
      'update-to': [
        { DOI: '10.1007/s11277-021-09072-0', type: 'retraction', updated: { 'date-parts': [[2022, 12, 6]] } },
      ],
    });

    expect((await find('doi', '10.1007/s11277-021-09072-0')).custom).toMatchObject({
      statuses: [
        { status: 'retracted', date: '2022-12-06', url: 'https://doi.org/10.1007/s11277-021-09072-0' },
      ],
    });
  });

  test('a preprint has the status preprint and the DOI of its published article', async () => {
    server.addToCrossref({
      DOI: '10.1101/339747',
      type: 'posted-content',
      subtype: 'preprint',
      title: ['A preprint'],
      posted: { 'date-parts': [[2018, 6, 5]] },
      published: { 'date-parts': [[2018, 6]] },
      relation: { 'is-preprint-of': [{ 'id-type': 'doi', id: '10.7554/eLife.45133' }] },
    });

    expect(await find('doi', '10.1101/339747')).toMatchObject({
      type: 'article',
      custom: {
        identifiers: ['10.7554/elife.45133'],
        statuses: [{ status: 'preprint', date: '2018-06-05' }],
      },
    });
  });

  test('a book chapter has its book as the container and the series as the collection', async () => {
    server.addToCrossref({
      DOI: '10.1007/978-3-319-10602-1_48',
      type: 'book-chapter',
      title: ['Microsoft COCO: Common Objects in Context'],
      'container-title': ['Lecture Notes in Computer Science', 'Computer Vision – ECCV 2014'],
      ISBN: ['http://id.crossref.org/isbn/9783319106014', '9783319106021'],
      issued: { 'date-parts': [[2014]] },
    });

    expect(await find('doi', '10.1007/978-3-319-10602-1_48')).toMatchObject({
      type: 'chapter',
      'container-title': 'Computer Vision – ECCV 2014',
      'collection-title': 'Lecture Notes in Computer Science',
      ISBN: '9783319106014 9783319106021',
      issued: { 'date-parts': [[2014]] },
    });
  });

  test('a work found through an alias DOI keeps the alias as an identifier', async () => {
    server.addToCrossref({ DOI: '10.1000/prime', title: ['One work'] });
    const location = '/crossref/works/10.1000%2Fprime';
    server.misbehave('crossref', { status: 301, headers: { location } });
    const found = find('doi', '10.1000/alias');
    await server.nextRequest();
    server.misbehave('crossref', null);

    expect(await found).toMatchObject({
      DOI: '10.1000/prime',
      custom: { identifiers: ['10.1000/alias'] },
    });
  });

  test('malformed fields of a Crossref record are dropped and the others are read', async () => {
    server.addToCrossref({
      DOI: '10.1000/odd',
      type: '__proto__',
      title: [7, 'The <b>title'],
      author: [null, 'Somebody', { family: 5 }, { family: 'Curie', ORCID: 'none' }, { given: 'Plato' }],
      'container-title': 'no list',
      issued: { 'date-parts': [[null]] },
      published: { 'date-parts': [] },
      volume: { value: 1 },
      page: `${'9'.repeat(400)}`,
      abstract: `\u0000${'x'.repeat(30_000)}\ud800`,
      relation: { 'has-preprint': 'none', 'is-same-as': [{ 'id-type': 'doi', id: 'none' }] },
      'updated-by': [{ type: 'constructor' }, { type: 'retraction', updated: { 'date-parts': [['x']] } }],
      license: [{ URL: 7 }],
    });

    const item = await find('doi', '10.1000/odd');
    expect(item).toMatchObject({
      type: 'document',
      title: 'The title',
      author: [{ family: 'Curie' }, { literal: 'Plato' }],
      custom: {},
    });
    expect(item.page).toHaveLength(300);
    expect(item.abstract).toHaveLength(20_000);
    expect(Object.keys(item)).not.toContain('issued');
    expect(Object.keys(item)).not.toContain('volume');
  });

  test('a list of more than 5,000 authors is cut and ends with "others"', async () => {
    const author = Array.from({ length: 5_101 }, (_, index) => ({ given: 'A.', family: `Name ${index}` }));
    server.addToCrossref({ DOI: '10.1000/many', title: ['Many'], author });

    const item = await find('doi', '10.1000/many');
    expect(item.author).toHaveLength(5_000);
    expect(item.author?.at(-1)).toEqual({ literal: 'others' });
  });
});

describe('metadata from DataCite', () => {
  test('a data set that Crossref does not know is read from DataCite', async () => {
    server.addToDatacite({
      doi: '10.5281/zenodo.1234567',
      titles: [
        { title: 'Ein Datensatz', titleType: 'TranslatedTitle', lang: 'de' },
        { title: 'A data set of figures', lang: 'en' },
        { title: 'Second release', titleType: 'Subtitle' },
      ],
      creators: [
        {
          name: 'Lovelace, Ada',
          givenName: 'Ada',
          familyName: 'Lovelace',
          nameType: 'Personal',
          affiliation: [],
          nameIdentifiers: [
            { nameIdentifier: 'https://orcid.org/0000-0002-1825-0097', nameIdentifierScheme: 'ORCID' },
          ],
        },
        { name: 'Hopper, Grace', nameType: 'Personal', affiliation: [], nameIdentifiers: [] },
        { name: 'Office of Weights, Measures', nameType: 'Organizational', nameIdentifiers: [] },
        { name: 'Example Lab', nameType: null, nameIdentifiers: [] },
      ],
      publisher: { name: 'Zenodo', publisherIdentifier: 'https://www.re3data.org/repository/r3d100010468' },
      container: {},
      publicationYear: 2018,
      dates: [
        { date: '2018-05-30', dateType: 'Issued' },
        { date: '2018-06-02', dateType: 'Updated' },
      ],
      types: { citeproc: 'dataset', resourceTypeGeneral: 'Dataset', bibtex: 'misc' },
      descriptions: [
        { description: 'Made by hand.', descriptionType: 'Methods' },
        { description: '<p>Figures &amp; more.</p>', descriptionType: 'Abstract' },
      ],
      rightsList: [
        { rights: 'Open Access', rightsUri: 'info:eu-repo/semantics/openAccess' },
        { rightsUri: 'https://creativecommons.org/licenses/by/4.0/legalcode', rightsIdentifier: 'cc-by-4.0' },
      ],
      relatedIdentifiers: [
        {
          relationType: 'IsVersionOf',
          relatedIdentifier: '10.5281/zenodo.1',
          relatedIdentifierType: 'DOI',
        },
        { relationType: 'IsIdenticalTo', relatedIdentifier: '1806.00001', relatedIdentifierType: 'arXiv' },
      ],
      language: null,
      version: '2.0',
    });

    expect(await find('doi', '10.5281/zenodo.1234567')).toEqual({
      type: 'dataset',
      title: 'A data set of figures: Second release',
      author: [
        { given: 'Ada', family: 'Lovelace', ORCID: '0000-0002-1825-0097' },
        { given: 'Grace', family: 'Hopper' },
        { literal: 'Office of Weights, Measures' },
        { literal: 'Example Lab' },
      ],
      abstract: 'Figures & more.',
      issued: { 'date-parts': [[2018, 5, 30]] },
      publisher: 'Zenodo',
      version: '2.0',
      DOI: '10.5281/zenodo.1234567',
      custom: {
        licence: 'CC-BY-4.0',
        identifiers: ['arXiv:1806.00001'],
        statuses: [{ status: 'published', date: '2018-05-30' }],
      },
    });
    expect(server.requests.map(({ url }) => url.pathname)).toEqual([
      '/crossref/works/10.5281%2Fzenodo.1234567',
      '/datacite/dois/10.5281%2Fzenodo.1234567',
    ]);
  });

  test('a DOI of arXiv is read as a preprint with its arXiv id and the DOI of its article', async () => {
    server.addToDatacite({
      doi: '10.48550/arxiv.1108.1680',
      titles: [{ title: 'Copula Gaussian graphical models\n  and their application' }],
      creators: [{ name: 'Dobra, Adrian', givenName: 'Adrian', familyName: 'Dobra', nameType: 'Personal' }],
      publisher: 'arXiv',
      publicationYear: 2011,
      dates: [
        { date: '2011-08-11T12:00:00Z', dateType: 'Updated' },
        { date: '2011-09-01T19:45:12Z', dateType: 'Submitted', dateInformation: 'v2' },
        { date: '2011-08-08T19:45:12Z', dateType: 'Submitted', dateInformation: 'v1' },
        { date: '2011', dateType: 'Issued' },
      ],
      types: { citeproc: 'article-journal', resourceTypeGeneral: 'Text' },
      rightsList: [
        { rights: 'arXiv.org perpetual, non-exclusive license', rightsUri: 'http://arxiv.org/l/1' },
      ],
      relatedIdentifiers: [
        {
          relationType: 'IsVersionOf',
          relatedIdentifier: '10.1214/10-AOAS397',
          relatedIdentifierType: 'DOI',
        },
        { relationType: 'References', relatedIdentifier: '10.1000/other', relatedIdentifierType: 'DOI' },
      ],
    });

    expect(await find('doi', '10.48550/arxiv.1108.1680')).toEqual({
      type: 'article',
      title: 'Copula Gaussian graphical models and their application',
      author: [{ given: 'Adrian', family: 'Dobra' }],
      issued: { 'date-parts': [[2011, 8, 8]] },
      archive: 'arXiv',
      archive_location: '1108.1680',
      publisher: 'arXiv',
      DOI: '10.48550/arxiv.1108.1680',
      custom: {
        licence: 'http://arxiv.org/l/1',
        identifiers: ['10.1214/10-aoas397'],
        statuses: [{ status: 'preprint', date: '2011-08-08' }],
      },
    });
  });

  test('malformed fields of a DataCite record are dropped and the others are read', async () => {
    server.addToDatacite({
      doi: '10.5555/odd',
      titles: 'none',
      creators: [null, { name: null }, { name: 'Curie, Marie', nameIdentifiers: 'none' }],
      publicationYear: '1903',
      dates: [{ date: 'soon', dateType: 'Issued' }],
      types: { resourceTypeGeneral: 'toString', citeproc: 'poem' },
      container: { title: 'A journal', firstPage: '1', lastPage: null },
      publisher: 7,
    });

    expect(await find('doi', '10.5555/odd')).toEqual({
      type: 'document',
      author: [{ given: 'Marie', family: 'Curie' }],
      issued: { 'date-parts': [[1903]] },
      'container-title': 'A journal',
      page: '1',
      DOI: '10.5555/odd',
      custom: { statuses: [{ status: 'published', date: '1903' }] },
    });
  });
});
