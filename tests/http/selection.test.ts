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
    ['title,body', ['has "body", which is none of title, slug, tags']],
    ['', ['has "", which is none of title, slug, tags']],
    ['title,', ['has "", which is none of title, slug, tags']],
    ['title, slug', ['has " slug", which is none of title, slug, tags']],
    ['Title', ['has "Title", which is none of title, slug, tags']],
    ['toString', ['has "toString", which is none of title, slug, tags']],
    ['slug,title,slug', ['names slug twice']],
    [
      'x,slug,y,slug',
      [
        'has "x", which is none of title, slug, tags',
        'has "y", which is none of title, slug, tags',
        'names slug twice',
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
