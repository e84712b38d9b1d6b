import { describe, expect, test } from 'vitest';
import type { Format } from '../../src/bibliography/formats.ts';
import { writeRecords } from '../../src/bibliography/write-records.ts';
import { readItems } from './read-file.ts';

function readRis(...lines: string[]) {
  return readItems(['TY  - JOUR', ...lines, 'ER  - '].join('\n'), 'ris')[0];
}

function readTitle(title: string) {
  return readItems(JSON.stringify({ title }), 'csl-json')[0]?.title;
}

describe('character references', () => {
  test.each([
    ['Fr&egrave;res &amp; s&oelig;urs: N<SUB>2</SUB> in <I>situ</I>', 'Frères & sœurs: N2 in situ'],
    ['&#145;Quoted&#146; &#8211; &#xe9;', '‘Quoted’ – é'],
    ['&Ecirc;tre &copy; &euro;5', 'Être © €5'],
    ['A&nbsp;&nbsp;B&#160;C', 'A B C'],
    ['&NotEqualTilde; &CounterClockwiseContourIntegral; &fjlig;', '≂̸ ∳ fj'],
    ['&amp;eacute; &amp;amp; &amp;lt;i&amp;gt;', '&eacute; &amp; &lt;i&gt;'],
    [
      'AT&T; R&D; &foo; &eacute &#0; &#xd800; &#99999999;',
      'AT&T; R&D; &foo; &eacute &#0; &#xd800; &#99999999;',
    ],
  ])('%s is read as %s, in every format', (given, title) => {
    expect(readRis(`TI  - ${given}`)?.title).toBe(title);
    expect(readTitle(given)).toBe(title);
    expect(readItems(`@misc{k, title = {${given.replace(/[#_]/g, '\\$&')}}}`, 'bibtex')[0]?.title).toBe(
      title,
    );
  });

  test('they are read in names and in all texts', () => {
    expect(
      readRis(
        'TI  - A title',
        'AU  - &Ccedil;elik, &Acirc;l&icirc;',
        'AU  - M&uuml;ller, A.; S&ouml;der, B.',
        "JO  - Annales de l'&icirc;le",
        'AB  - <P>One &ecirc;.</P><P>Two.</P>',
        'KW  - cr&ecirc;pe; &eacute;t&eacute;',
        'PB  - &Eacute;ditions',
        'VL  - 1&ndash;2',
        'UR  - https://example.org/?a=1&amp;copy=2',
      ),
    ).toMatchObject({
      author: [
        { family: 'Çelik', given: 'Âlî' },
        { family: 'Müller', given: 'A.' },
        { family: 'Söder', given: 'B.' },
      ],
      'container-title': "Annales de l'île",
      abstract: 'One ê.\n\nTwo.',
      keyword: 'crêpe, été',
      publisher: 'Éditions',
      volume: '1–2',
      URL: 'https://example.org/?a=1&copy=2',
    });
  });

  test('they are read in all parts of a name', () => {
    const author = [
      { literal: 'Soci&eacute;t&eacute; d&apos;&Ecirc;tre' },
      { family: 'Sta&euml;l', given: 'Germaine', 'dropping-particle': 'd&rsquo;', suffix: 'J&uacute;nior' },
    ];

    expect(readItems(JSON.stringify({ title: 'T', author }), 'csl-json')[0]?.author).toEqual([
      { literal: "Société d'Être" },
      { family: 'Staël', given: 'Germaine', 'dropping-particle': 'd’', suffix: 'Júnior' },
    ]);
  });
});

describe('tags', () => {
  test('headings and lists in an abstract become paragraphs', () => {
    expect(readRis('AB  - <H3>Aim</H3>To read.<ul><li>One</li><LI>Two</LI></ul>')?.abstract).toBe(
      'Aim\n\nTo read.\n\nOne\n\nTwo',
    );
  });

  test.each([
    ['<I>x</I> and <Em>y</eM>', 'x and y'],
    ['A<BR>B', 'A B'],
    ['<JATS:P>One</JATS:P>', 'One'],
    ['<A HREF="https://example.org/">x</A> <SPAN class=y>z</SPAN>', 'x z'],
    [
      'A <inline-formula> <tex-math notation="LaTeX">$\\bar{x}$ </tex-math></inline-formula> set',
      'A $\\bar{x}$ set',
    ],
    [
      'On <InlineEquation ID="IEq1"><EquationSource Format="TEX">$$x$$</EquationSource></InlineEquation>',
      'On $$x$$',
    ],
    ['<math xmlns="x"><mrow><mi>x</mi><mo>+</mo><mspace width="1"/><mn>1</mn></mrow></math> y', 'x+1 y'],
    ['<MI>x</MI> in a <math> for <mn>', 'x in a <math> for <mn>'],
    [
      'On <math><semantics><mi>x</mi><annotation encoding="application/x-tex">\\x</annotation></semantics></math>',
      'On x',
    ],
    ['An <annotation>kept</annotation>', 'An <annotation>kept</annotation>'],
    ['If P<I and I>0; <B> alone', 'If P<I and I>0; <B> alone'],
    ['Set<T> and <Key>', 'Set<T> and <Key>'],
  ])('%s is read as %s', (given, title) => {
    expect(readTitle(given)).toBe(title);
  });
});

test.each<Format>(['bibtex', 'ris', 'csl-json'])(
  'a title with references is not decoded twice in %s',
  (format) => {
    const texts = {
      bibtex: '@misc{k, title = {\\&amp;amp;eacute;}}',
      ris: 'TY  - GEN\nTI  - &amp;amp;eacute;\nER  - \n',
      'csl-json': '{"title":"&amp;amp;eacute;"}',
    };
    expect(readItems(texts[format], format)[0]?.title).toBe('&amp;eacute;');
  },
);

test.each(['<a\n\n<br/>a', '<a <br>x</a>', '<p <i>x</i> </p>', '<i>x</i> &amp; <b', '&<i>amp;</i>'])(
  'an abstract that contains %j is read back unchanged from every format',
  (abstract) => {
    const item = { type: 'article' as const, 'citation-key': 'k', title: 'T', abstract };

    for (const format of ['bibtex', 'ris', 'csl-json'] as const)
      expect(readItems(writeRecords([item], format), format)).toEqual([item]);
  },
);
