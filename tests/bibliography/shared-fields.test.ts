import { describe, expect, test } from 'vitest';
import { countRecords } from '../../src/bibliography/read-records.ts';
import { read, readItems } from './read-file.ts';

const FILE = `
@xdata{press, publisher={Reed Press}, location={Leiden}}
@inproceedings{one, author={Moss, Ada}, title={Shared}, booktitle={Small Meeting}, date={2020-05-04}, xdata={press}}
@inproceedings{two, author={Moss, Ada}, title={Child}, pages={3--9}, crossref={whole}}
@proceedings{whole, title={Small Talks}, subtitle={Held in Leiden}, editor={Reed, Ben}, date={2022-06}, xdata={press}}
@inproceedings{three, author={Moss, Ada}, title={Own}, booktitle={Meeting Notes}, booksubtitle={Spring}, date={2018}}
@article{four, author={Moss, Ada}, title={Own too}, journaltitle={Letters}, journalsubtitle={Series B}, date={2018}}
@book{five, author={Moss, Ada}, title={Missing}, date={2018}, xdata={nowhere}}
`;

function readByKey(text: string) {
  return new Map(read(text, 'bibtex').map((record) => [record.key, record]));
}

function itemOf(text: string) {
  return readItems(text, 'bibtex').at(-1);
}

describe('xdata', () => {
  test('entries have what the entries that they name in xdata say', async () => {
    const records = readByKey(FILE);

    expect([...records.keys()]).toEqual(['one', 'two', 'whole', 'three', 'four', 'five']);
    expect(await countRecords(FILE, 'bibtex')).toBe(6);
    expect(records.get('one')).toMatchObject({
      item: { publisher: 'Reed Press', 'publisher-place': 'Leiden', 'container-title': 'Small Meeting' },
      ignored: [],
    });
    expect(records.get('whole')).toMatchObject({ item: { publisher: 'Reed Press' }, ignored: [] });
  });

  test('an xdata entry that does not exist is reported, and the entry is read', () => {
    expect(readByKey(FILE).get('five')).toMatchObject({ item: { title: 'Missing' }, ignored: ['xdata'] });
  });

  test('several xdata entries add up, and the entry itself and the first of them win', () => {
    const item = itemOf(
      '@book{k, title={T}, volume={1}, xdata={a, b}}@xdata{a, volume={2}, isbn={3}, xdata={c}}@xdata{b, isbn={4}, series={S}}@xdata{c, publisher={P}}',
    );

    expect(item).toMatchObject({ volume: '1', ISBN: '3', 'collection-title': 'S', publisher: 'P' });
  });

  test.each([
    ['that name each other', '@xdata{a, isbn={1}, xdata={b}}@xdata{b, volume={2}, xdata={a}}'],
    ['that name themselves', '@xdata{a, isbn={1}, volume={2}, xdata={a}}'],
  ])('xdata entries %s are read', (_what, entries) => {
    expect(itemOf(`${entries}@book{k, title={T}, xdata={a}}`)).toMatchObject({ ISBN: '1', volume: '2' });
  });

  test.each([
    ['@xdata{a, date={2022-06}}', 'year={2020}', [[2020]]],
    ['@xdata{a, year={2022}, month=jun}', 'year={2020}', [[2020]]],
    ['@xdata{a, year={2020}, month=jun}', 'year={2020}', [[2020, 6]]],
    ['@xdata{a, date={2022-06}}', 'volume={1}', [[2022, 6]]],
  ])('the date that %s adds to an entry with %s never contradicts its own', (xdata, own, parts) => {
    expect(itemOf(`${xdata}@book{k, title={T}, ${own}, xdata={a}}`)?.issued).toEqual({ 'date-parts': parts });
  });

  test('entries that branch into each other are refused when they repeat too much text', () => {
    const chain = Array.from(
      { length: 18 },
      (_, at) => `@xdata{x${at}, note={n}, xdata={x${at + 1},x${at + 1}}}`,
    );
    const [record] = read(`${chain.join('\n')}\n@book{k, title={T}, xdata={x0}}`, 'bibtex');

    expect(record).toMatchObject({ fault: 'The cross-references in this file expand to too much text.' });
  });
});

describe('crossref', () => {
  test('title and subtitle of the parent become the venue, with what the parent takes from xdata', () => {
    expect(readByKey(FILE).get('two')).toMatchObject({
      item: {
        'container-title': 'Small Talks: Held in Leiden',
        publisher: 'Reed Press',
        issued: { 'date-parts': [[2022, 6]] },
      },
      ignored: [],
    });
  });

  test.each([
    ['three', 'Meeting Notes: Spring'],
    ['four', 'Letters: Series B'],
  ])('the venue of %s has its subtitle', (key, venue) => {
    expect(readByKey(FILE).get(key)).toMatchObject({ item: { 'container-title': venue }, ignored: [] });
  });

  test('an article inherits the title of its journal', () => {
    expect(
      itemOf('@periodical{p, title={Letters}, subtitle={B}}@article{k, title={T}, crossref={p}}'),
    ).toMatchObject({ 'container-title': 'Letters: B' });
  });

  test('a child with its own venue does not take the subtitle of the parent', () => {
    expect(
      itemOf(
        '@proceedings{p, title={Talks}, subtitle={B}}@inproceedings{k, title={T}, booktitle={Own}, crossref={p}}',
      ),
    ).toMatchObject({ 'container-title': 'Own' });
  });

  test.each([
    ['mvbook', 'book'],
    ['mvbook', 'inbook'],
    ['mvcollection', 'collection'],
    ['mvcollection', 'incollection'],
    ['mvproceedings', 'proceedings'],
    ['mvproceedings', 'inproceedings'],
    ['mvreference', 'inreference'],
  ])('the title of an @%s is the main title of an @%s', (parent, child) => {
    const parts = `@${parent}{p, title={All}, subtitle={In Volumes}}`;

    expect(read(`@${child}{k, title={T}, crossref={p}}${parts}`, 'bibtex')[0]).toMatchObject({
      item: { title: 'T', 'container-title': 'All: In Volumes' },
      ignored: [],
    });
    expect(read(`@${child}{k, title={T}, maintitle={Own}, crossref={p}}${parts}`, 'bibtex')[0]).toMatchObject(
      {
        item: { 'container-title': 'Own' },
      },
    );
  });

  test('a main title beside a book title is reported', () => {
    const parents = '@book{b, title={One}, crossref={a}}@mvbook{a, title={All}}';

    expect(read(`@inbook{k, title={T}, crossref={b}}${parents}`, 'bibtex')[0]).toMatchObject({
      item: { 'container-title': 'One' },
      ignored: ['maintitle'],
    });
    expect(read(`@inbook{k, title={T}, booktitle={One}, crossref={a}}${parents}`, 'bibtex')[0]).toMatchObject(
      {
        item: { 'container-title': 'One' },
        ignored: ['maintitle'],
      },
    );
  });

  test('a parent inherits from its own parent', () => {
    expect(
      itemOf(
        '@mvbook{a, title={All}, publisher={P}}@book{b, title={One}, crossref={a}}@inbook{k, title={T}, crossref={b}}',
      ),
    ).toMatchObject({ 'container-title': 'One', publisher: 'P' });
  });
});

test.each(['set', 'control', 'bibnote', 'IEEEtranBSTCTL'])('an entry @%s is no work', (type) => {
  expect(readItems(`@${type}{a, entryset={k}}\n@misc{k, title={T}}`, 'bibtex')).toHaveLength(1);
});
