import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeCharacterReferences, splitAtSemicolons } from '../../src/lib/character-references.ts';

test.each([
  ['&lt;&#60;&#x3C;&#X3c;&LT;', '<<<<<'],
  ['&eacute;&Eacute;&oelig;&hellip;&CounterClockwiseContourIntegral;', 'éÉœ…∳'],
  ['&#128;&#150;&#x92;', '€–’'],
  ['&#9;&#10;&#13;', '\t\n\r'],
  ['&amp;amp;', '&amp;'],
])('the references %j are decoded once', (text, decoded) => {
  expect(decodeCharacterReferences(text)).toBe(decoded);
});

test.each([
  'AT&T;',
  '&eacute',
  '&Foo;',
  '&#;',
  '&#x;',
  '&#0;',
  '&#8;',
  '&#xD800;',
  '&#x110000;',
  '&constructor;',
])('%s is no reference', (text) => {
  expect(decodeCharacterReferences(text)).toBe(text);
});

test.each([
  ['a; b;c', ['a', ' b', 'c']],
  ['R&amp;D; caf&eacute;s;&#233;', ['R&amp;D', ' caf&eacute;s', '&#233;']],
  ['AT&T; Bell', ['AT&T', ' Bell']],
  ['', ['']],
])('%j is split at the semicolons that end no reference', (text, pieces) => {
  expect(splitAtSemicolons(text)).toEqual(pieces);
});

test('no character is lost by splitting', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(';', '&', 'amp', '#', '1', 'x', ' ')), (parts) => {
      expect(splitAtSemicolons(parts.join('')).join(';')).toBe(parts.join(''));
    }),
  );
});
