import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { selectionOf } from '../../src/http/selection.ts';

const selection = z.strictObject({ fields: selectionOf(z.enum(['title', 'slug', 'tags']), 'What to have.') });

describe('a selection', () => {
  test.each([
    ['title', ['title']],
    ['tags,title', ['tags', 'title']],
    ['slug,title,tags', ['slug', 'title', 'tags']],
  ])('%s selects the named fields in this order', (fields, chosen) => {
    expect(selection.parse({ fields })).toEqual({ fields: chosen });
  });

  test('an omitted selection stays undefined', () => {
    expect(selection.parse({})).toEqual({});
  });

  test.each([
    ['title,body', ['contains "body", which is not one of title, slug, tags']],
    ['', ['contains "", which is not one of title, slug, tags']],
    ['title,', ['contains "", which is not one of title, slug, tags']],
    ['title, slug', ['contains " slug", which is not one of title, slug, tags']],
    ['Title', ['contains "Title", which is not one of title, slug, tags']],
    ['toString', ['contains "toString", which is not one of title, slug, tags']],
    ['slug,title,slug', ['contains slug twice']],
    [
      'x,slug,y,slug',
      [
        'contains "x", which is not one of title, slug, tags',
        'contains "y", which is not one of title, slug, tags',
        'contains slug twice',
      ],
    ],
  ])('%j is rejected, and every error is reported', (fields, messages) => {
    const { error } = selection.safeParse({ fields });
    expect(error?.issues.map(({ path, message }) => ({ path, message }))).toEqual(
      messages.map((message) => ({ path: ['fields'], message })),
    );
  });

  test('a very long selection is rejected without looking at its names', () => {
    const { error } = selection.safeParse({ fields: 'x,'.repeat(300) });
    expect(error?.issues.map(({ code }) => code)).toEqual(['too_big']);
  });
});
