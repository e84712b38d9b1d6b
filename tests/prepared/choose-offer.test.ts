import { describe, expect, test } from 'vitest';
import { REFERENCE_OFFERS } from '../../src/bibliography/representations.ts';
import { chooseOffer } from '../../src/prepared/choose-offer.ts';

const CSL = 'application/vnd.citationstyles.csl+json';
const RIS = 'application/x-research-info-systems';

const choose = (accept: string | undefined) => chooseOffer(accept, REFERENCE_OFFERS).name;

describe('content negotiation of references', () => {
  test.each([
    ['the named type', 'application/x-bibtex', 'bibtex'],
    ['the named type in capitals', 'Application/X-BibTeX', 'bibtex'],
    ['the type of CSL-JSON', CSL, 'csl-json'],
    ['the type of RIS', RIS, 'ris'],
    ['a named style', 'text/x-bibliography; style=ieee', 'ieee'],
    ['a quoted style with a locale', 'text/x-bibliography;style="chicago";locale=en-US', 'chicago'],
    ['APA as the default style', 'text/x-bibliography', 'apa'],
    ['the highest weight', `${RIS};q=0.5, application/x-bibtex;q=0.8, application/json;q=0.1`, 'bibtex'],
    ['the highest weight whatever the order', 'application/x-bibtex;q=0.9, application/json', 'json'],
    ['the first of equal weights', `application/x-bibtex, ${CSL}, application/json`, 'bibtex'],
    ['a named type before a wildcard', '*/*, application/x-bibtex', 'bibtex'],
    ['a wildcard with a higher weight', 'application/x-bibtex;q=0.5, */*', 'json'],
    ['the first type of a group', 'text/*', 'apa'],
    ['the first type of a group that is not refused', 'application/json;q=0, application/*', 'bibtex'],
    [
      'the weight of the most specific range',
      'text/x-bibliography;style=apa;q=0.1, text/x-bibliography',
      'ieee',
    ],
    ['a weight surrounded by spaces', `application/json ; q=0.2 , ${RIS} ; q=0.3`, 'ris'],
  ])('%s is honoured: "Accept: %s" chooses %s', (_what, accept, expected) => {
    expect(choose(accept)).toBe(expected);
  });

  test.each([
    ['no header', undefined],
    ['a wildcard', '*/*'],
    ['JSON', 'application/json'],
    ['JSON and a wildcard', 'application/json, text/plain, */*'],
    [
      'the header of a browser',
      'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8',
    ],
    ['an unsupported type', 'text/html'],
    ['an unknown style', 'text/x-bibliography; style=nature'],
    ['a refusal of everything', '*/*;q=0'],
    ['a malformed weight', 'application/x-bibtex;q=much'],
    ['an empty header', ''],
    ['a malformed list', ';;,,/;q='],
  ])('JSON is chosen for %s', (_what, accept) => {
    expect(choose(accept)).toBe('json');
  });

  test('the choice is the same after 300 other headers', () => {
    for (let count = 0; count < 300; count += 1) choose(`text/x-${count}`);
    expect(choose('application/x-bibtex')).toBe('bibtex');
  });

  test('the same header chooses among the offers of each address separately', () => {
    const images = [
      { name: 'png', type: 'image/png' },
      { name: 'small', type: 'image/webp', parameters: { size: 'small', profile: 'a' } },
    ] as const;
    const accept = 'application/x-bibtex, image/webp;profile=a;style=apa';

    expect(choose(accept)).toBe('bibtex');
    expect(chooseOffer(accept, images).name).toBe('small');
    expect(chooseOffer('image/webp;profile=b', images).name).toBe('png');
    expect(choose(accept)).toBe('bibtex');
  });
});
