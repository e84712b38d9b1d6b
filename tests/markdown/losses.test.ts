import { describe, expect, test } from 'vitest';
import { findLosses, findTextFaults } from '../../src/markdown/losses.ts';
import { renderMarkdown } from '../../src/markdown/render.ts';

const html = (markdown: string) => renderMarkdown(markdown, new Map(), 'a').html;
const id = '0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b11';

describe('an image that readers will not see', () => {
  test.each([
    '/img/a.png',
    'p.png',
    '//cdn.example/p.png',
    'http://example.org/x.png',
    'data:image/png;base64,AAAA',
    'masthead:media/a.png',
    'ftp://a.example/x.png',
    'https://',
  ])('is named with its line: %s', (url) => {
    for (const image of [`![pic](${url})`, `![pic][p]\n\n[p]: ${url}`, `<img src="${url}" alt="pic">`]) {
      const text = `Words.\n\n${image}`;
      expect(html(text)).not.toContain('<img');
      expect(findLosses(text)).toEqual([
        { code: 'image_left_out', message: expect.stringContaining(`: ${url} on line 3`) },
      ]);
    }
  });

  test('is named with every other one, and long addresses are cut', () => {
    const [loss] = findLosses(
      `![a](/a.png) ![b](https://a.example/b.png)\n![c](data:image/png;base64,${'A'.repeat(99)})`,
    );
    expect(loss?.message).toMatch(/: \/a\.png on line 1, data:image\/png;base64,A{38}… on line 2$/);
  });

  test.each(['![pic]()', '<img alt="pic">', '<img data-src="https://a.example/x.png" alt="pic">'])(
    'is named by its alt text if it has no address: %s',
    (image) => {
      expect(findLosses(image)[0]?.message).toMatch(/: !\[pic\] on line 1$/);
    },
  );

  test('is not reported if it is a media file or has an https address', () => {
    expect(findLosses(`![a](media:${id}) ![b](https://a.example/b.png)`)).toEqual([]);
  });
});

test.each([
  '![](https://a.example/x.png)',
  '![ ](https://a.example/x.png)',
  '<img src="https://a.example/x.png">',
])('an image of another site without alt text is reported: %s', (image) => {
  expect(findLosses(`One\n\n${image}`)).toEqual([
    {
      code: 'image_alt_missing',
      message: 'has an image of another site without alt text: https://a.example/x.png on line 3',
    },
  ]);
});

describe('a link without a usable address', () => {
  test.each([
    ['[text]()', '[text]'],
    ['[text](<>)', '[text]'],
    ['[text][t]\n\n[t]: <>', '[text]'],
    ['[text](ftp://a.example)', 'ftp://a.example'],
    ['[text](javascript:x)', 'javascript:x'],
    ['[text](tel:+491234)', 'tel:+491234'],
    ['<a href="data:x">text</a>', 'data:x'],
  ])('%j is a fault', (markdown, name) => {
    expect(html(markdown)).not.toMatch(/href="[^"]/);
    expect(findTextFaults(markdown)).toEqual([
      { code: 'link_unusable', message: expect.stringContaining(`: ${name} on line 1`) },
    ]);
  });

  test.each([
    '[a](https://a.example)',
    '[a](/b)',
    '[a](/b?c=d:e)',
    '[a](#b)',
    '<https://a.example>',
    '[a](b.html)',
    '[a](mailto:a@b.example)',
    'a@b.example',
  ])('%s is none', (markdown) => {
    expect(findTextFaults(markdown)).toEqual([]);
  });
});

describe('a text that shows nothing to readers', () => {
  test.each([
    '![pic](/img/a.png)',
    '![a](http://example.org/x.png)',
    '<!-- note -->',
    '<script>x</script>',
    '<p></p>',
    '&nbsp;',
    '\u200B',
    '[a]: https://a.example',
    '[^1]: A note',
    '[^1]: A note[^1]',
    '<br>',
    '> ',
    '- ',
  ])('%j is a fault', (markdown) => {
    expect(findTextFaults(markdown)).toMatchObject([{ code: 'text_empty' }]);
    expect(html(markdown).replace(/<\/?(?:p|ul|li|blockquote|br)>|[\s\u200B\u00A0]/g, '')).toBe('');
  });

  test.each([
    'a',
    '`a`',
    '    a',
    '$a$',
    '---',
    '![a](https://a.example/b.png)',
    `![](media:${id})`,
    '| a |\n|---|',
    '',
    ' \n',
  ])('%j is none', (markdown) => {
    expect(findTextFaults(markdown)).toEqual([]);
  });
});

describe('what nothing refers to', () => {
  test.each([
    ['A.\n\n[^1]: Lost.', '[^1]'],
    ['A.\n\n[^1]: Lost.[^1]', '[^1]'],
    ['A.\n\n[^1]: Lost.[^2]\n\n[^2]: Lost.[^1]', '[^2]'],
    ['A.\n\n[^1]: [Lost][b]\n\n[b]: https://lost.example', '[b]'],
    ['A[^1].\n\n[^1]: [^1]: Lost.', '[^1]'],
    ['A [b].\n\n[b]: https://a.example\n[b]: https://lost.example', '[b]'],
    ['A.\n\n[c]: https://lost.example', '[c]'],
  ])('%j is reported', (markdown, name) => {
    expect(html(markdown)).not.toMatch(/lost/i);
    expect(findLosses(markdown)).toMatchObject([
      {
        code: 'markup_left_out',
        message: expect.stringContaining(`${name}:, which nothing refers to (its content is lost)`),
      },
    ]);
  });

  test('a footnote and an address that are used are no losses', () => {
    const definitions = '[^1]: Note.[^2]\n\n[^2]: A [link][e].\n\n[b]: /b\n[d]: https://a.example/d\n[e]: /e';
    expect(findLosses(`A[^1] [b] ![c][d].\n\n${definitions}`)).toEqual([]);
  });
});

describe('words in places that have no words in HTML', () => {
  test.each([
    ['| a |\n|---|\n| b | lost |', 'a table row with more cells than columns', 3],
    ['A.\n\n```js lost {1,3}\nb\n```', '“lost {1,3}” after the language of a code block', 3],
    ['~~~ > lost\n~~~\n\nA.', '“lost” after the language of a code block', 1],
  ])('%j is reported', (markdown, what, line) => {
    expect(html(markdown)).not.toContain('lost');
    expect(findLosses(markdown)).toEqual([
      {
        code: 'markup_left_out',
        message: `has markup that is left out: ${what} (its content is lost) on line ${line}`,
      },
    ]);
  });

  test('a code block without them is no loss', () => {
    expect(findLosses('```js\nb\n```\n\n    c')).toEqual([]);
  });
});

test('if there are too many places to name, those whose content is lost are named', () => {
  const [loss] = findLosses(`${'<aside>a</aside>\n\n'.repeat(30)}<!-- b -->\n\n[^1]: c`);
  expect(loss?.message).toContain('a comment (its content is lost) on line 61');
  expect(loss?.message).toContain('[^1]:, which nothing refers to (its content is lost) on line 63');
  expect(loss?.message).toMatch(/, and 12 more$/);
});

test('names of emoji are reported and stay as they are', () => {
  expect(html(':rocket: and :+1:')).toBe('<p>:rocket: and :+1:</p>');
  expect(findLosses('One :rocket:\ntwo :+1: :party_parrot:')).toEqual([
    {
      code: 'emoji_shortcode',
      message:
        'has names of emoji that are shown as they are: :rocket: on line 1, :+1: on line 2, :party_parrot: on line 2',
    },
  ]);
});

test.each([
  'at 10:30:45',
  'a::b::c',
  '`:rocket:`',
  'https://a.example/:x:y:',
  'ratio 1:2:3',
  'so: then: now',
])('the colons in %j name no emoji', (markdown) => {
  expect(findLosses(markdown)).toEqual([]);
});
