import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { withMembers } from '../../src/lib/json-text.ts';

describe('Members are added', () => {
  test.each([
    ['to an object with members', '{"a":1}', { b: '2' }, '{"a":1,"b":2}'],
    ['to an empty object', '{}', { b: '2', c: '[]' }, '{"b":2,"c":[]}'],
    ['to an object with spaces around and in it', ' { \n } ', { b: '2' }, '{"b":2}'],
    ['as null', '{"a":1}', { b: null }, '{"a":1,"b":null}'],
    ['unless they are undefined', '{"a":1}', { b: undefined, c: '3' }, '{"a":1,"c":3}'],
    ['by a name that needs an escape', '{}', { 'a"b': '1' }, '{"a\\"b":1}'],
  ])('%s', (_how, object, members, expected) => {
    expect(withMembers(object, members)).toBe(expected);
  });

  test('to any object as if it had been parsed', () => {
    const objects = fc.dictionary(
      fc.string().filter((name) => name !== '__proto__'),
      fc.jsonValue(),
    );
    fc.assert(
      fc.property(objects, objects, (object, members) => {
        const added = Object.entries(members).filter(([name]) => !Object.hasOwn(object, name));
        const texts = added.map(([name, value]) => [name, JSON.stringify(value)] as const);

        const joined = withMembers(JSON.stringify(object), Object.fromEntries(texts));

        const expected = { ...object, ...Object.fromEntries(added) };
        expect(JSON.parse(joined)).toEqual(JSON.parse(JSON.stringify(expected)));
      }),
    );
  });
});

test.each(['', 'null', '[]', '"{}"', '{"a":1', '"a":1}'])('%s is refused', (text) => {
  expect(() => withMembers(text, { b: '2' })).toThrow(TypeError);
});
