import { describe, expect, test } from 'vitest';
import { addressWithCursor } from '../../src/http/pagination.ts';

describe('the address of the next page', () => {
  test.each([
    ['/issues', '/issues?cursor=abc'],
    ['/issues?', '/issues?cursor=abc'],
    ['/issues?limit=2', '/issues?limit=2&cursor=abc'],
    ['/issues?cursor=old&limit=2', '/issues?cursor=abc&limit=2'],
    ['/issues?tag=a%26b%3Dc', '/issues?tag=a%26b%3Dc&cursor=abc'],
    ['/issues?tag=what?&limit=2', '/issues?tag=what%3F&limit=2&cursor=abc'],
    ['/issues?tag=%3E%22%0d', '/issues?tag=%3E%22%0D&cursor=abc'],
  ])('the page after %s is at %s', (url, next) => {
    expect(addressWithCursor(url, 'abc')).toBe(next);
  });
});
