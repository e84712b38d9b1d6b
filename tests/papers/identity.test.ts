import { describe, expect, test } from 'vitest';
import { addressOf, parseIdentifier } from '../../src/modules/papers/identifiers/identifier.ts';
import { useMasthead } from '../support/app.ts';
import { makePaper } from '../support/factories.ts';

const masthead = useMasthead();
const SHA = 'a3b4c5d6e7f8091a2b3c4d5e6f708192a3b4c5d6';

describe('identifiers', () => {
  test.each([
    ['arXiv:2201.12086v2', 'arxiv', '2201.12086', 2],
    ['https://arxiv.org/pdf/2201.12086v11.pdf', 'arxiv', '2201.12086', 11],
    ['https://huggingface.co/papers/2201.12086', 'arxiv', '2201.12086', null],
    ['https://doi.org/10.48550/arXiv.2201.12086', 'arxiv', '2201.12086', null],
    ['10.48550/arXiv.hep-th/9901001', 'arxiv', 'hep-th/9901001', null],
    ['doi:10.1038/NATURE14539', 'doi', '10.1038/nature14539', null],
    ['https://dl.acm.org/doi/pdf/10.1145/3292500.3330701?casa=1', 'doi', '10.1145/3292500.3330701', null],
    ['https://link.springer.com/article/10.1007/s11263-015-0816-y', 'doi', '10.1007/s11263-015-0816-y', null],
    ['arXiv:2201.12086v1 [cs.CV]', 'arxiv', '2201.12086', 1],
    ['arxiv.org/abs/2201.12086', 'arxiv', '2201.12086', null],
    ['https://arxiv.org/format/2201.12086', 'arxiv', '2201.12086', null],
    ['https://ar5iv.labs.arxiv.org/html/2201.12086', 'arxiv', '2201.12086', null],
    ['doi.org/10.1000/182', 'doi', '10.1000/182', null],
    ['doi: https://doi.org/10.1000/182/', 'doi', '10.1000/182', null],
    ['10.1002/%28SICI%291097-4571', 'doi', '10.1002/(sici)1097-4571', null],
    ['https://onlinelibrary.wiley.com/doi/10.1002/anie.2020/full', 'doi', '10.1002/anie.2020', null],
    ['https://dl.acm.org/doi/pdf/10.1145/1.2.pdf', 'doi', '10.1145/1.2', null],
    ['https://example.org/p?ref=2', 'address', 'https://example.org/p?ref=2', null],
    ['https://example.org/#/paper/1', 'address', 'https://example.org/#/paper/1', null],
    ['https://openreview.net/forum?id=YicbFdNTTy', 'openreview', 'YicbFdNTTy', null],
    ['https://openreview.net/pdf?x=1&id=YicbFdNTTy#a', 'openreview', 'YicbFdNTTy', null],
    ['OpenReview:YicbFdNTTy', 'openreview', 'YicbFdNTTy', null],
    [`https://www.semanticscholar.org/paper/A-title/${SHA}`, 'semanticscholar', SHA, null],
    [`https://www.semanticscholar.org/paper/${SHA.toUpperCase()}?p=1`, 'semanticscholar', SHA, null],
    ['CorpusID:246411402', 'semanticscholar', 'CorpusID:246411402', null],
    ['https://api.semanticscholar.org/CorpusID:246411402', 'semanticscholar', 'CorpusID:246411402', null],
    ['http://www.Example.org/A/?utm_source=x&b=1#top', 'address', 'https://example.org/A/?b=1', null],
    ['https://example.org/', 'address', 'https://example.org', null],
  ])('the identifier is parsed from "%s"', (text, scheme, value, version) => {
    const found = parseIdentifier(text);
    expect(found).toEqual({ scheme, value, version });
    if (found) expect(parseIdentifier(addressOf(found))).toEqual(found);
  });

  test.each([
    '',
    'BLIP',
    'ftp://example.org/a',
    'https://',
    'openreview:a b',
    's2:abc',
    'http://a:b@example.org/',
  ])('no identifier is parsed from "%s"', (text) => {
    expect(parseIdentifier(text)).toBeNull();
  });
});

describe('identifiers of a paper', () => {
  const identifiers = [
    'https://arxiv.org/abs/2111.06377v3',
    'https://doi.org/10.1109/CVPR52688.2022.01553',
    'https://openreview.net/forum?id=maeForum01',
    `semanticscholar:${SHA}`,
    'https://Example.org/mae/',
  ];

  test('a paper can have identifiers of every scheme and is found by each of them', async () => {
    const paper = await makePaper(masthead, { title: 'MAE', identifiers });
    expect(paper).toMatchObject({
      arxivId: '2111.06377',
      doi: '10.1109/cvpr52688.2022.01553',
      identifiers: [
        { scheme: 'arxiv', value: '2111.06377', version: 3, url: 'https://arxiv.org/abs/2111.06377v3' },
        { scheme: 'doi', url: 'https://doi.org/10.1109/cvpr52688.2022.01553' },
        { scheme: 'openreview', value: 'maeForum01' },
        { scheme: 'semanticscholar', value: SHA },
        { scheme: 'address', value: 'https://example.org/mae' },
      ],
    });
    for (const spelled of [
      ...identifiers,
      '2111.06377',
      '10.48550/arXiv.2111.06377',
      '10.1109/cvpr52688.2022.01553',
    ]) {
      const found = await masthead
        .as('viewer')
        .get(`/admin/v1/papers?identifier=${encodeURIComponent(spelled)}`);
      expect
        .soft(
          found.body.data.map(({ id }: { id: string }) => id),
          spelled,
        )
        .toEqual([paper.id]);
    }
  });

  test('an unknown identifier finds no paper, and a malformed one returns 400', async () => {
    const found = await masthead.as('viewer').get('/admin/v1/papers?identifier=10.1000/none');
    expect(found).toMatchObject({ status: 200, body: { data: [], page: { next: null } } });
    const refused = await masthead.as('viewer').get('/admin/v1/papers?identifier=none');
    expect(refused).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '/identifier', in: 'query' }] },
    });
  });

  test('a paper accepts its identifiers in the form in which the API returns them', async () => {
    const paper = await makePaper(masthead, { identifiers: ['2103.00020v1', '10.1000/clip'] });
    const { body } = await masthead
      .as('author')
      .patch(`/admin/v1/papers/${paper.id}`, { identifiers: paper.identifiers });
    expect(body).toEqual({ ...paper, revision: 2, updatedAt: body.updatedAt });
  });

  test('setting the DOI of a preprint keeps its arXiv id', async () => {
    const paper = await makePaper(masthead, { arxivId: '1912.02292v1' });
    expect(paper.doi).toBe('10.48550/arxiv.1912.02292');
    const url = `/admin/v1/papers/${paper.id}`;
    const { body } = await masthead.as('author').patch(url, { doi: '10.1088/1742-5468/ac3a74' });
    expect(body).toMatchObject({ arxivId: '1912.02292', doi: '10.1088/1742-5468/ac3a74' });
    const other = await masthead.as('author').patch(url, { doi: '10.1000/other' });
    expect(other.body.identifiers.map(({ value }: { value: string }) => value)).toEqual([
      '10.1000/other',
      '1912.02292',
    ]);
    const bare = await masthead.as('author').patch(url, { arxivId: null, doi: null });
    expect(bare.body).toMatchObject({ identifiers: [], arxivId: null, doi: null });
  });

  test('the refusal of taken identifiers names each of them and the papers that have them', async () => {
    const [one, other] = [
      await makePaper(masthead, { arxivId: '1409.0473' }),
      await makePaper(masthead, { doi: '10.1000/attention' }),
    ];
    const answer = await masthead.as('author').post('/admin/v1/papers', {
      title: 'Again',
      identifiers: ['10.1000/new', 'https://arxiv.org/abs/1409.0473v7', 'doi:10.1000/ATTENTION'],
    });
    expect(answer.status).toBe(409);
    expect(answer.body.type).toBe('http://masthead.test/problems/identifier-taken');
    expect(answer.body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual([
      '/identifiers/1',
      '/identifiers/2',
    ]);
    expect(answer.body.paperIds.toSorted()).toEqual([one.id, other.id].toSorted());
  });

  test.each([
    ['a malformed identifier', ['2201.12086', 'BLIP'], '/identifiers/1'],
    ['an identifier with the wrong scheme', [{ scheme: 'doi', value: '2201.12086' }], '/identifiers/0/value'],
    [
      'one identifier in two spellings',
      ['2201.12086', 'https://doi.org/10.48550/arXiv.2201.12086'],
      '/identifiers',
    ],
  ])('a paper with %s is refused', async (_what, identifiers, pointer) => {
    const answer = await masthead.as('author').post('/admin/v1/papers', { title: 'A', identifiers });
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ pointer }] } });
  });
});

describe('authors of a paper', () => {
  test('an author may be an organization, have an ORCID or have an unusually split name', async () => {
    const paper = await makePaper(masthead, {
      authors: [
        { name: 'Laurens van der Maaten' },
        { family: 'García Márquez', given: 'Gabriel' },
        { given: 'Luc', family: 'Van Gool' },
        { name: 'Josiah Carberry', orcid: 'https://orcid.org/0000-0002-1825-0097' },
        { name: 'Google Brain', isOrganization: true },
        { given: 'Dongxu', family: 'Li' },
        { name: 'Ada', isOrganization: false },
      ],
      hasMoreAuthors: true,
    });
    expect(paper.authors).toEqual([
      { name: 'Laurens van der Maaten' },
      { name: 'Gabriel García Márquez', family: 'García Márquez', given: 'Gabriel' },
      { name: 'Luc Van Gool' },
      { name: 'Josiah Carberry', orcid: '0000-0002-1825-0097' },
      { name: 'Google Brain', isOrganization: true },
      { name: 'Dongxu Li' },
      { name: 'Ada' },
    ]);
    expect(paper.hasMoreAuthors).toBe(true);
    const again = await masthead
      .as('author')
      .patch(`/admin/v1/papers/${paper.id}`, { authors: paper.authors });
    expect(again.body.authors).toEqual(paper.authors);
  });

  test.each([
    ['an ORCID with one digit wrong', { name: 'A', orcid: '0000-0002-1825-0098' }, '/authors/0/orcid'],
    ['a malformed ORCID', { name: 'A', orcid: 'x' }, '/authors/0/orcid'],
    [
      'a given name and isOrganization',
      { name: 'A', given: 'B', isOrganization: true },
      '/authors/0/isOrganization',
    ],
    ['no name', { orcid: '0000-0002-1825-0097' }, '/authors/0/name'],
  ])('an author with %s is refused', async (_what, author, pointer) => {
    const answer = await masthead.as('author').post('/admin/v1/papers', { title: 'A', authors: [author] });
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ pointer }] } });
  });
});
