import { describe, expect, test } from 'vitest';
import { OTHERS } from '../../src/bibliography/csl/csl.ts';
import { writeRecords } from '../../src/bibliography/write-records.ts';
import { read, readItems } from './read-file.ts';

const ADA = { family: 'Moss', given: 'Ada' };
const BEN = { family: 'Reed', given: 'Ben' };
const CLEO = { family: 'Stone', given: 'Cleo' };
const SONS = { literal: 'Reed; Sons Ltd.' };

function entryOf(names: string, field = 'author'): string {
  return `@misc{k, title = {T}, ${field} = {${names}}}`;
}

describe('names in BibTeX', () => {
  test.each([
    ['Moss, Ada; Reed, Ben; Stone, Cleo', [ADA, BEN, CLEO]],
    ['Ada Moss; Ben Reed', [ADA, BEN]],
    ['Ada Moss, and Ben Reed', [ADA, BEN]],
    ['李明；王芳', [{ family: '李明' }, { family: '王芳' }]],
    ['山田太郎、鈴木花子', [{ family: '山田太郎' }, { family: '鈴木花子' }]],
    ['Moss, Ada; Reed, Ben;', [ADA, BEN]],
    ['Moss, Ada;Reed, Ben', [ADA, BEN]],
    ['Moss, Ada; and Reed, Ben', [ADA, BEN]],
    ['Moss, Ada; Reed, Ben and Stone, Cleo', [ADA, BEN, CLEO]],
    ['Moss, Ada; {Reed; Sons Ltd.}', [ADA, SONS]],
    ['Moss, Ada and {Reed; Sons Ltd.}', [ADA, SONS]],
    ['Moss, Ada \\& Reed, Ben', [ADA, BEN]],
    ['Ada Moss \\& Ben Reed', [ADA, BEN]],
    ['Ada Moss & Ben Reed', [ADA, BEN]],
    ['Ada Moss &amp; Ben Reed', [ADA, BEN]],
    ['Moss, Ada, \\& Reed, Ben', [ADA, BEN]],
    ['Moss, Ada; Reed, Ben; et al.', [ADA, BEN, OTHERS]],
    ['M&uuml;ller, A. and Reed, Ben', [{ family: 'Müller', given: 'A.' }, BEN]],
    [
      'Moss, Ada \\& García Márquez, Gabriel José',
      [ADA, { family: 'García Márquez', given: 'Gabriel José' }],
    ],
    [
      'García Márquez, Gabriel José, and Moss, Ada',
      [{ family: 'García Márquez', given: 'Gabriel José' }, ADA],
    ],
    ['AT\\&T', [{ family: 'AT&T' }]],
    ['Procter \\& Gamble', [{ literal: 'Procter & Gamble' }]],
    ['{Ernst \\& Young}', [{ literal: 'Ernst & Young' }]],
  ])('semicolons and ampersands outside braces separate people: %s', (names, expected) => {
    expect(readItems(entryOf(names), 'bibtex')[0]?.author).toEqual(expected);
    expect(readItems(entryOf(names, 'editor'), 'bibtex')[0]?.editor).toEqual(expected);
  });

  test.each([
    ['Ada Moss, Ben Reed, Cleo Stone', [ADA, BEN, CLEO]],
    ['Ada Moss, Ben Reed, and Cleo Stone', [ADA, BEN, CLEO]],
    ['Ada Moss, Ben Reed \\& Cleo Stone', [ADA, BEN, CLEO]],
    ['Ada Moss, Ben Reed, Cleo Stone, et al.', [ADA, BEN, CLEO, OTHERS]],
    [
      'Moss A, Reed BC, van der Stone C',
      [
        { family: 'Moss', given: 'A' },
        { family: 'Reed', given: 'BC' },
        { family: 'Stone', given: 'C', 'non-dropping-particle': 'van der' },
      ],
    ],
    ['李明, 王芳, 张伟', [{ family: '李明' }, { family: '王芳' }, { family: '张伟' }]],
    [
      'A. Moss, B. Reed and Cleo Stone',
      [{ family: 'Moss', given: 'A.' }, { family: 'Reed', given: 'B.' }, CLEO],
    ],
    [
      'Moss A., Reed B.C., Stone J.-P.',
      [
        { family: 'Moss', given: 'A.' },
        { family: 'Reed', given: 'B.C.' },
        { family: 'Stone', given: 'J.-P.' },
      ],
    ],
    [
      'Moss A, Reed B',
      [
        { family: 'Moss', given: 'A' },
        { family: 'Reed', given: 'B' },
      ],
    ],
    [
      'Moss, A., Reed, B. C., Stone, C.-D.',
      [
        { family: 'Moss', given: 'A.' },
        { family: 'Reed', given: 'B. C.' },
        { family: 'Stone', given: 'C.-D.' },
      ],
    ],
  ])('commas alone separate people: %s', (names, expected) => {
    expect(read(entryOf(names), 'bibtex')).toEqual([
      {
        line: 1,
        key: 'k',
        item: { type: 'document', 'citation-key': 'k', title: 'T', author: expected },
        ignored: [],
        notices: ['The names in the field author were separated at commas. Separate names by " and ".'],
      },
    ]);
  });

  test.each([
    ['García Márquez, Gabriel José', { family: 'García Márquez', given: 'Gabriel José' }],
    ['King, Jr., Martin Luther', { family: 'King', given: 'Martin Luther', suffix: 'Jr.' }],
    ['King, Martin Luther, Jr.', { family: 'King', given: 'Martin Luther', suffix: 'Jr.' }],
    ['Moss, Ph.D., Ada', { family: 'Moss', given: 'Ada', suffix: 'Ph.D.' }],
    ['Moss, Ada, Jr., PhD', { family: 'Moss', given: 'Ada', suffix: 'Jr., PhD' }],
    ['Souza, Filho, Pedro', { family: 'Souza', given: 'Pedro', suffix: 'Filho' }],
    ['Moss, {of Leiden}, Ada', { family: 'Moss', given: 'Ada', suffix: 'of Leiden' }],
    ['Moss, {Ada} B., Jr.', { family: 'Moss', given: 'Ada B.', suffix: 'Jr.' }],
    ['李, 明', { family: '李', given: '明' }],
    ['World Health Organization,', { family: 'World Health Organization' }],
  ])('the name %s is one person', (name, expected) => {
    expect(readItems(entryOf(name), 'bibtex')[0]?.author).toEqual([expected]);
  });

  test.each([
    'Moss, Ada, Reed',
    'Moss, Reed, Stone',
    'Moss, Ada, Reed, Ben',
    'Moss, A., Reed',
    'Moss, Ada und Reed, Ben',
  ])('an entry is refused if the commas in a name may mean either: %s', (name) => {
    const [fault, next] = read(`${entryOf(`Stone, Cleo and ${name}`)}\n@misc{n, title = {N}}`, 'bibtex');

    expect(fault).toEqual({
      line: 1,
      key: 'k',
      fault: `The names in the field author cannot be told apart: "${name}". Separate names by " and ".`,
    });
    expect(next).toMatchObject({ key: 'n', item: { title: 'N' } });
  });

  test.each([
    { family: 'Moss', given: 'Ada', suffix: 'of Leiden' },
    { family: 'Moss', given: 'Ada', suffix: 'Reed' },
    { family: 'Moss; Reed', given: 'Ada' },
    { family: 'Moss', given: 'Ada; Ben' },
    { family: 'Moss & Reed', given: 'Ada' },
    { literal: 'Moss; Reed & Stone, Ltd.' },
  ])('the name %j is read back unchanged', (name) => {
    const text = writeRecords([{ type: 'book', 'citation-key': 'k', author: [name] }], 'bibtex');

    expect(readItems(text, 'bibtex')[0]?.author).toEqual([name]);
  });
});

describe.each(['bibtex', 'ris', 'csl-json'] as const)('names in %s', (format) => {
  const readNames = (...names: string[]) => {
    const texts = {
      bibtex: entryOf(names.join(' and ')),
      ris: `TY  - GEN\n${names.map((name) => `AU  - ${name}\n`).join('')}ER  - \n`,
      'csl-json': JSON.stringify({ title: 'T', author: names.map(toCsl) }),
    };
    return readItems(texts[format], format)[0]?.author;
  };

  test.each(['Smith, John Jr.', 'Smith Jr., John', 'Smith, John, Jr.', 'Smith, Jr., John'])(
    'the suffix of %s is read',
    (name) => {
      expect(readNames(name)).toEqual([{ family: 'Smith', given: 'John', suffix: 'Jr.' }]);
    },
  );

  test.each(['PhD', 'Ph.D.', 'Jr.', 'III', 'DSc'])('%s is never a given name', (suffix) => {
    expect(readNames(`Li, ${suffix}`)).toEqual([{ family: 'Li', suffix }]);
    expect(readNames(`Li, Wei ${suffix}`)).toEqual([{ family: 'Li', given: 'Wei', suffix }]);
  });

  test.each(['JR', 'SR', 'II', 'IV'])('%s behind a family name is initials', (initials) => {
    expect(readNames(`Smith, ${initials}`)).toEqual([{ family: 'Smith', given: initials }]);
    expect(readNames(`Smith, ${initials}, John`)).toEqual([
      { family: 'Smith', given: 'John', suffix: initials },
    ]);
  });

  test.each(['et al.', 'et al', 'Et al.', 'et. al.', 'and others', 'and et al.', 'others', '...', '…'])(
    '"%s" means further authors',
    (more) => {
      expect(readNames('Moss, Ada', more)).toEqual([ADA, OTHERS]);
    },
  );

  test('the name after "..." is an author', () => {
    expect(readNames('Moss, Ada', '...', 'Reed, Ben')).toEqual([ADA, BEN, OTHERS]);
  });
});

/** Some programs write the suffix into another part. */
function toCsl(name: string) {
  const [, family, given] = /^(.*), (?!Jr\.$)(.*)$/.exec(name) ?? [];
  if (name.startsWith('Smith, John, ')) return { family: 'Smith', given: 'John, Jr.' };
  return /^Li, \S+$/.test(name)
    ? { family: name }
    : given === undefined
      ? { literal: name }
      : { family, given };
}

test('a CSL-JSON name without a family name keeps what looks like a suffix', () => {
  const items = readItems(JSON.stringify({ title: 'T', author: [{ given: 'Prince Jr.' }] }), 'csl-json');
  expect(items[0]?.author).toEqual([{ given: 'Prince Jr.' }]);
});

test.each(['Moss, Ada ...', 'Moss, Ada, et al.', 'Moss, Ada and others'])(
  '"%s" on one line of RIS is split',
  (name) => {
    expect(readItems(`TY  - GEN\nAU  - ${name}\nER  - \n`, 'ris')[0]?.author).toEqual([ADA, OTHERS]);
  },
);

test.each([
  ['金 正恩', '金', '正恩'],
  ['山田 たろう', '山田', 'たろう'],
  ['김 정은', '김', '정은'],
  ['毛~泽东', '毛', '泽东'],
  ['ジョン スミス', 'スミス', 'ジョン'],
  ['金, 正恩', '金', '正恩'],
])('the family name in %s is %s', (name, family, given) => {
  expect(readItems(entryOf(name), 'bibtex')[0]?.author).toEqual([{ family, given }]);
});
