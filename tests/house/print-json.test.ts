import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { printJson } from '../../src/commands/print-json.ts';

describe('printJson', () => {
  test('writes what reads back as the same value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(printJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  test('keeps on one line what fits on it', () => {
    expect(printJson({ get: { tags: ['Issues'], security: [{ apiKey: [] }], none: {} } })).toBe(
      '{ "get": { "tags": ["Issues"], "security": [{ "apiKey": [] }], "none": {} } }\n',
    );
  });

  test('gives the parts of what does not fit a line each', () => {
    const long = 'x'.repeat(100);
    expect(printJson({ info: { title: long, tags: [long, 1] } })).toBe(
      `{\n "info": {\n  "title": "${long}",\n  "tags": [\n   "${long}",\n   1\n  ]\n }\n}\n`,
    );
  });

  test('leaves out what is undefined, as JSON.stringify does', () => {
    expect(printJson({ a: undefined, b: 1 })).toBe('{ "b": 1 }\n');
  });
});
