import { describe, expect, test } from 'vitest';
import { parseArxivId } from '../../src/modules/papers/identifiers/arxiv-id.ts';
import { parseDoi } from '../../src/modules/papers/identifiers/doi.ts';

describe('arXiv ids', () => {
  test.each([
    ['2201.12086', '2201.12086'],
    ['2201.12086v2', '2201.12086'],
    [' arXiv:2201.12086 ', '2201.12086'],
    ['ARXIV: 0704.0001v12', '0704.0001'],
    ['1412.7878', '1412.7878'],
    ['https://arxiv.org/abs/2201.12086v1', '2201.12086'],
    ['https://arxiv.org/pdf/2201.12086', '2201.12086'],
    ['http://www.arxiv.org/pdf/2201.12086v1.pdf', '2201.12086'],
    ['https://arxiv.org/html/2201.12086v1/', '2201.12086'],
    ['https://export.arxiv.org/abs/2201.12086?context=cs#content', '2201.12086'],
    ['cs/0112017', 'cs/0112017'],
    ['hep-th/9901001v3', 'hep-th/9901001'],
    ['https://arxiv.org/abs/cs/0112017v1', 'cs/0112017'],
  ])('the arXiv id is parsed from "%s"', (text, id) => {
    expect(parseArxivId(text)?.id).toBe(id);
  });

  test('the subject class is dropped from an old-style arXiv id', () => {
    expect(parseArxivId('math.GT/0309136')?.id).toBe('math/0309136');
    expect(parseArxivId('cond-mat.mes-hall/0601001')?.id).toBe('cond-mat/0601001');
  });

  test.each([
    '',
    'BLIP',
    '2201.1208',
    '1412.12345',
    '2213.12086',
    '2201.12086v0',
    '2201.12086v',
    '2201.12086 2201.12087',
    '2201.12086?context=cs',
    '2201.12086\u0000',
    'cs/0813017',
    'cs/112017',
    'https://example.org/abs/2201.12086',
    'https://arxiv.org.example.org/abs/2201.12086',
    'https://arxiv.org/list/2201.12086',
    'https://arxiv.org/abs/%E0%A4%A',
  ])('no arXiv id is parsed from "%s"', (text) => {
    expect(parseArxivId(text)).toBeNull();
  });
});

describe('DOIs', () => {
  test.each([
    ['10.1000/182', '10.1000/182'],
    ['10.1000.10/ABC', '10.1000.10/abc'],
    ['DOI: 10.1109/5.771073', '10.1109/5.771073'],
    ['https://doi.org/10.48550/arXiv.2201.12086', '10.48550/arxiv.2201.12086'],
    ['http://dx.doi.org/10.1002/(SICI)1097-4571', '10.1002/(sici)1097-4571'],
    [
      'https://doi.org/10.1002/%28SICI%291097-4571%3C1::AID%3E3.0?nosfx=y',
      '10.1002/(sici)1097-4571<1::aid>3.0',
    ],
  ])('the DOI is parsed from "%s"', (text, doi) => {
    expect(parseDoi(text)).toBe(doi);
  });

  test.each([
    '',
    'BLIP',
    '10.1000',
    '10.1000/',
    '11.1000/182',
    '10.1/182',
    '10.1000/1 82',
    '10.1000/\u0000',
    '10.1000/\ud800',
    'https://doi.org/10.1000/%00',
    'https://doi.org/10.1000/%E0%A4%A',
    'https://example.org/10.1000/182',
  ])('no DOI is parsed from "%s"', (text) => {
    expect(parseDoi(text)).toBeNull();
  });
});
