import { describe, expect, test } from 'vitest';
import { useMasthead } from '../../support/app.ts';

const masthead = useMasthead();

const BIBTEX = 'application/x-bibtex';

function send(text: string, contentType = BIBTEX, query = '') {
  return masthead.as('author').send({
    method: 'POST',
    url: `/admin/v1/papers/imports${query}`,
    payload: text,
    headers: { 'content-type': contentType },
  });
}

const TWO = `
@inproceedings{li2022blip,
  title = {{BLIP}: Bootstrapping Language-Image Pre-training},
  author = {Li, Junnan and Li, Dongxu and others},
  booktitle = {ICML},
  year = 2022,
  pages = {12888--12900},
  eprint = {2201.12086}, archivePrefix = {arXiv},
  timestamp = {now}
}
@article{lecun2015deep,
  title = {Deep learning}, author = {LeCun, Yann and Bengio, Yoshua and Hinton, Geoffrey},
  journal = {Nature}, year = {2015}, volume = {521}, doi = {10.1038/nature14539}
}
`;

describe('BibTeX imports', () => {
  test('an import creates a paper for each entry, and repeating it matches the same papers', async () => {
    const first = await send(TWO);
    expect(first.body).toMatchObject({ status: 'finished', total: 2, done: 2 });
    expect(first.status).toBe(201);
    expect(first.body.counts).toEqual({ created: 2, matched: 0, refused: 0 });
    expect(first.body.records).toMatchObject([
      { position: 1, line: 2, key: 'li2022blip', outcome: 'created', ignored: ['timestamp'], faults: [] },
      { position: 2, line: 11, key: 'lecun2015deep', outcome: 'created' },
    ]);
    const { body: paper } = await masthead
      .as('viewer')
      .get(`/admin/v1/papers/${first.body.records[0].paperId}`);
    expect(paper).toMatchObject({
      title: 'BLIP: Bootstrapping Language-Image Pre-training',
      authors: [{ name: 'Junnan Li' }, { name: 'Dongxu Li' }],
      hasMoreAuthors: true,
      year: 2022,
      venue: 'ICML',
      arxivId: '2201.12086',
      csl: { type: 'paper-conference', page: '12888-12900', 'citation-key': 'li2022blip' },
      incomplete: false,
    });
    const again = await send(TWO);
    expect(again.body.counts).toEqual({ created: 0, matched: 2, refused: 0 });
    expect(again.body.records.map((record: { paperId: string }) => record.paperId)).toEqual(
      first.body.records.map((record: { paperId: string }) => record.paperId),
    );
    expect(again.body.records.map((record: { filled: string[] }) => record.filled)).toEqual([[], []]);
  });
});
