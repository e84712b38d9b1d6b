import fc from 'fast-check';
import { expect, test } from 'vitest';
import { element, toXmlText, writeXml } from '../../src/modules/feeds/xml.ts';
import { hostileText } from './hostile-text.ts';
import { one, parseXml } from './parse-xml.ts';

test('a strict parser reads back any text and any attribute', async () => {
  await fc.assert(
    fc.asyncProperty(hostileText, hostileText, async (text, attribute) => {
      const xml = await writeXml(element('feed', [element('title', text, { term: attribute })]));
      const title = one(parseXml(Buffer.from(xml).toString()), 'title');
      expect(title.text).toBe(toXmlText(text));
      expect(title.attributes).toEqual({ term: toXmlText(attribute) });
    }),
    { numRuns: 1000 },
  );
});

test('the parser of these tests rejects XML that is not well-formed', () => {
  for (const xml of ['<a>', '<a>\u0001</a>', '<a>\ufffe</a>', '<a b="<"/>', '<a>&x;</a>', '<a/><a/>'])
    expect(() => parseXml(xml), xml).toThrow(/Not well-formed/);
});

test('only characters that XML cannot contain are replaced', () => {
  expect(toXmlText('a\u0000b\u000bc\u001fd')).toBe('a b c d');
  expect(toXmlText('\ufffe \uffff \ud800 \udfff')).toBe('\ufffd \ufffd \ufffd \ufffd');
  const kept =
    'tab\t line\n return\r delete\u007f next\u0085 \u2028 \ue000 \ufffd 😀 \u{10ffff} é ]]> <b> &amp;';
  expect(toXmlText(kept)).toBe(kept);
});

test('an element contains its attributes, children and texts in order', async () => {
  const xml = await writeXml(element('a', [element('b', 'one'), undefined, element('c'), 'two'], { x: '1' }));
  expect(xml).toBe('<?xml version="1.0" encoding="utf-8"?>\n<a x="1"><b>one</b><c/>two</a>\n');
});
