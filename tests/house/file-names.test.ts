import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { readSources } from './read-imports.ts';

const src = path.resolve(import.meta.dirname, '../../src');

/** Names that say what a file is for its folder. Every other name belongs to one file. */
const CONVENTIONAL = /^(?:errors|present|routes|schemas|server|types|[a-z-]+-schemas)\.ts$/;

test('a file name of src that is not conventional belongs to one file', async () => {
  const files = [...(await readSources(src)).keys()];

  expect(files.length).toBeGreaterThan(100);
  expect(findSharedNames(files)).toEqual([]);
});

describe('the rule', () => {
  test('refuses a name that two folders use', () => {
    const files = [
      'modules/uses/read-uses.ts',
      'modules/media/library/read-uses.ts',
      'modules/media/routes.ts',
    ];

    expect(findSharedNames(files)).toEqual([
      'read-uses.ts names modules/uses/read-uses.ts and modules/media/library/read-uses.ts.',
    ]);
  });

  test('allows conventional names, and a command named after what it runs', () => {
    const files = [
      ...['modules/uses/routes.ts', 'modules/media/routes.ts'],
      ...['modules/media/record/list-schemas.ts', 'modules/papers/record/list-schemas.ts'],
      ...['commands/migrate.ts', 'database/migrate.ts'],
    ];

    expect(findSharedNames(files)).toEqual([]);
  });
});

/** One sentence for each name. */
function findSharedNames(files: readonly string[]): string[] {
  const named = files.filter((file) => !file.startsWith('commands/'));
  const byName = Map.groupBy(named, (file) => path.basename(file));
  const shared = [...byName].filter(([name, { length }]) => length > 1 && !CONVENTIONAL.test(name));
  return shared.map(([name, found]) => `${name} names ${found.join(' and ')}.`);
}
