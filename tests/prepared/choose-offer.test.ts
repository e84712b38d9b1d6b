import { describe, expect, test } from 'vitest';
import { REFERENCE_OFFERS } from '../../src/bibliography/representations.ts';
import { chooseOffer } from '../../src/prepared/choose-offer.ts';

const CSL = 'application/vnd.citationstyles.csl+json';
const RIS = 'application/x-research-info-systems';

const choose = (accept: string | undefined) => chooseOffer(accept, REFERENCE_OFFERS).name;

describe('Accept chooses', () => {
  test.each([
    ['what it names', 'application/x-bibtex', 'bibtex'],
    ['what it names, in capitals', 'Application/X-BibTeX', 'bibtex'],
    ['CSL-JSON', CSL, 'csl-json'],
    ['RIS', RIS, 'ris'],
    ['a style by its name', 'text/x-bibliography; style=ieee', 'ieee'],
    ['a style in quotes, whatever the locale', 'text/x-bibliography;style="chicago";locale=en-US', 'chicago'],
    ['APA where no style is named', 'text/x-bibliography', 'apa'],
    ['what weighs most', `${RIS};q=0.5, application/x-bibtex;q=0.8, application/json;q=0.1`, 'bibtex'],
    ['what weighs most, whatever comes first', 'application/x-bibtex;q=0.9, application/json', 'json'],
    ['the first of equals', `application/x-bibtex, ${CSL}, application/json`, 'bibtex'],
    ['what is named before what a wildcard takes in', '*/*, application/x-bibtex', 'bibtex'],
    ['a wildcard that weighs more', 'application/x-bibtex;q=0.5, */*', 'json'],
    ['of a group the first', 'text/*', 'apa'],
    ['of a group the first but for what is refused', 'application/json;q=0, application/*', 'bibtex'],
    ['the weight of the closest range', 'text/x-bibliography;style=apa;q=0.1, text/x-bibliography', 'ieee'],
    ['what has spaces around its weight', `application/json ; q=0.2 , ${RIS} ; q=0.3`, 'ris'],
  ])('%s: %s', (_what, accept, expected) => {
    expect(choose(accept)).toBe(expected);
  });

  test.each([
    ['no header', undefined],
    ['anything', '*/*'],
    ['JSON', 'application/json'],
    ['JSON and the rest', 'application/json, text/plain, */*'],
    ['a browser', 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8'],
    ['another type', 'text/html'],
    ['an unknown style', 'text/x-bibliography; style=nature'],
    ['a refusal of everything', '*/*;q=0'],
    ['a weight that is none', 'application/x-bibtex;q=much'],
    ['an empty header', ''],
    ['no list at all', ';;,,/;q='],
  ])('JSON for %s', (_what, accept) => {
    expect(choose(accept)).toBe('json');
  });

  test('the same, however many others have asked meanwhile', () => {
    for (let count = 0; count < 300; count += 1) choose(`text/x-${count}`);
    expect(choose('application/x-bibtex')).toBe('bibtex');
  });

  test('among the offers of one address, whatever the same header chose at another', () => {
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
