import { describe, expect, test } from 'vitest';
import { tidyDocument } from '../../src/http/tidy-document.ts';

describe('tidyDocument', () => {
  const tidied = (document: object) => {
    tidyDocument(document);
    return document;
  };

  test('writes a type that may be null as one schema, with the description of the whole', () => {
    const subtitle = {
      anyOf: [{ type: 'string', maxLength: 300, description: 'A text.' }, { type: 'null' }],
      description: 'Null: it has none.',
    };

    expect(tidied({ properties: { subtitle } })).toEqual({
      properties: {
        subtitle: { type: ['string', 'null'], maxLength: 300, description: 'Null: it has none.' },
      },
    });
  });

  test.each([
    ['a reference', { $ref: '#/components/schemas/Coverage' }],
    ['an enum, which would forbid null', { type: 'string', enum: ['draft'] }],
    ['a constant, which would forbid null', { type: 'string', const: 'draft' }],
  ])('leaves a choice of null and %s as it is', (_what, schema) => {
    expect(tidied({ anyOf: [schema, { type: 'null' }] })).toEqual({ anyOf: [schema, { type: 'null' }] });
  });

  test('says once what a parameter is', () => {
    const parameter = {
      name: 'tag',
      description: 'A tag.',
      schema: { type: 'string', description: 'A tag.' },
    };

    expect(tidied({ parameters: [parameter] })).toEqual({
      parameters: [{ name: 'tag', description: 'A tag.', schema: { type: 'string' } }],
    });
  });

  test('takes from an integer the pattern of its digits', () => {
    expect(tidied({ schema: { type: 'integer', pattern: '^\\d+$' } })).toEqual({
      schema: { type: 'integer' },
    });
  });

  test('lets a reference alone say what fields there are', () => {
    const $ref = '#/components/schemas/Coverage';
    expect(tidied({ coverage: { $ref, additionalProperties: false } })).toEqual({ coverage: { $ref } });
  });

  test('leaves examples as they are', () => {
    const examples = [{ type: 'integer', pattern: 'x' }];
    expect(tidied({ examples: [...examples] })).toEqual({ examples });
  });
});
