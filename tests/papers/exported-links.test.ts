import { describe, expect, test } from 'vitest';
import { type Written, writeReference } from '../../src/bibliography/write-references.ts';
import { paperToCsl } from '../../src/modules/papers/csl/to-csl.ts';
import { useMasthead } from '../support/app.ts';
import { makePaper } from '../support/factories.ts';
import { send } from './imports/sending.ts';

const masthead = useMasthead();

const PAGE = 'https://aclanthology.example/2020.main-1/';
const PDF = 'https://aclanthology.example/2020.main-1.pdf';
const BLOG = 'https://blog.example/post/';

/** Every address in the text, in order. */
function addressesIn(text: string): string[] {
  return [...text.matchAll(/(\w+) *[-=] *\{?(https?:\/\/[^\s{}]+)/g)].map(
    ([, field, url]) => `${field} ${url}`,
  );
}

async function importOne(bibtex: string) {
  const { body } = await send(masthead, bibtex);
  expect(body.records).toMatchObject([{ outcome: 'created', ignored: [] }]);
  return (await masthead.as('viewer').get(`/admin/v1/papers/${body.records[0].paperId}`)).body;
}

function write(paper: Parameters<typeof paperToCsl>[0], format: Written): string {
  return writeReference(paperToCsl(paper), format);
}

describe('an imported paper is exported with each address once', () => {
  test.each([
    ['a page and a PDF', `url={${PAGE}}, pdf={${PDF}}`, [`url ${PAGE}`, `pdf ${PDF}`]],
    [
      'a page and a PDF whose path does not say so',
      `url={${PAGE}}, pdf={${BLOG}}`,
      [`url ${PAGE}`, `pdf ${BLOG}`],
    ],
    ['a page in both fields', `url={${PAGE}}, pdf={${PAGE}}`, [`url ${PAGE}`]],
    ['a PDF in both fields', `url={${PDF}}, pdf={${PDF}}`, [`pdf ${PDF}`]],
    ['only a page', `url={${PAGE}}`, [`url ${PAGE}`]],
    [
      'a page, a PDF and a DOI',
      `doi={10.1000/p1}, url={${PAGE}}, pdf={${PDF}}`,
      [`url ${PAGE}`, `pdf ${PDF}`],
    ],
    ['an address that is its identifier', `url={${BLOG}}, identifiers={${BLOG}}`, [`url ${BLOG}`]],
  ])('with %s', async (what, fields, expected) => {
    const paper = await importOne(
      `@online{k, title={With ${what}}, author={Moss, Ada}, year=2020, ${fields}}`,
    );
    const ris = expected.map((line) => line.replace('url', 'UR').replace('pdf', 'L1'));

    expect(addressesIn(write(paper, 'bibtex')).map(withoutLastSlash)).toEqual(expected.map(withoutLastSlash));
    expect(addressesIn(write(paper, 'ris')).map(withoutLastSlash)).toEqual(ris.map(withoutLastSlash));
    expect(write(paper, 'bibtex').match(/https?:/g)).toHaveLength(expected.length);
    expect(write(paper, 'ris').match(/https?:/g)).toHaveLength(expected.length);
    for (const format of ['bibtex', 'ris', 'csl-json'] as const) {
      const { body } = await send(masthead, write(paper, format), '', TYPES[format]);
      expect(body.records).toMatchObject([{ outcome: 'matched', paperId: paper.id, filled: [] }]);
    }
    await masthead.as('editor').delete(`/admin/v1/papers/${paper.id}`, { 'if-match': '*' });
  });
});

const TYPES = {
  bibtex: 'application/x-bibtex',
  ris: 'application/x-research-info-systems',
  'csl-json': 'application/vnd.citationstyles.csl+json',
};

function withoutLastSlash(line: string): string {
  return line.replace(/\/$/, '');
}

test('a reference shows the page and not the PDF', async () => {
  const paper = await importOne(
    `@misc{k, title={A page}, author={Moss, Ada}, year=2020, url={${PAGE}1}, pdf={${PDF}}}`,
  );

  for (const style of ['apa', 'ieee', 'chicago'] as const) {
    expect(write(paper, style)).toContain(`${PAGE}1`);
    expect(write(paper, style)).not.toContain(PDF);
  }
});

test('a page that an editor linked is exported as the page, and importing that adds no identifier', async () => {
  const links = [{ label: 'Anthology', url: `${PAGE}2`, rel: 'paper' }];
  const paper = await makePaper(masthead, { title: 'Linked', authors: ['Ada Moss'], year: 2020, links });

  expect(addressesIn(write(paper, 'bibtex'))).toEqual([`url ${PAGE}2`]);
  const { body } = await send(masthead, write(paper, 'bibtex'));
  expect(body.records).toMatchObject([{ outcome: 'matched', paperId: paper.id, filled: [] }]);
});

test('a paper of which only the PDF is known is cited by it', async () => {
  const links = [{ label: 'PDF', url: `${PDF}?x=1`, rel: 'paper' }];
  const paper = await makePaper(masthead, { title: 'Only a PDF', authors: ['Ada Moss'], year: 2020, links });

  expect(addressesIn(write(paper, 'bibtex'))).toEqual([`pdf ${PDF}?x=1`]);
  expect(write(paper, 'apa')).toContain(`${PDF}?x=1`);
});
