import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { findImportFaults } from './import-rules.ts';
import { readImports, readSources } from './read-imports.ts';

const src = path.resolve(import.meta.dirname, '../../src');

test('every file of src imports only what it may', async () => {
  const sources = await readSources(src);

  expect(readImports(sources).length).toBeGreaterThan(100);
  expect(findImportFaults(sources)).toEqual([]);
});

describe('the rules refuse', () => {
  test.each([
    [
      'a module that imports one above it',
      'modules/papers/paper.ts',
      '../issues/issue.ts',
      /issues is not below papers/,
    ],
    [
      'a module that imports one beside it',
      'modules/papers/paper.ts',
      '../media/media.ts',
      /media is not below papers/,
    ],
    ['a module without a place', 'modules/polls/poll.ts', '../../errors.ts', /polls has no line/],
    [
      'routes that import another module',
      'modules/issues/routes.ts',
      '../papers/paper.ts',
      /only http\/, its own module/,
    ],
    [
      'routes that import the database',
      'modules/issues/routes.ts',
      '../../database/errors.ts',
      /only http\/, its own module/,
    ],
    [
      'a verb that knows of HTTP',
      'modules/issues/issue.ts',
      '../../http/problem.ts',
      /only a file of routes knows of HTTP/,
    ],
    [
      'a verb that opens a database',
      'modules/issues/issue.ts',
      '../../database/client.ts',
      /only types and the generated client/,
    ],
    ['a module that imports the app', 'modules/issues/issue.ts', '../../app.ts', /app\.ts is of the process/],
    [
      'a module that imports a command',
      'modules/issues/issue.ts',
      '../../commands/keys.ts',
      /commands\/ is for the process alone/,
    ],
    [
      'a module that loads the configuration',
      'modules/media/media.ts',
      '../../config.ts',
      /configuration is handed in/,
    ],
    [
      'a file that reads package.json',
      'http/health.ts',
      '../../package.json',
      /only version\.ts reads package\.json/,
    ],
    [
      'http that imports a module',
      'http/authorize.ts',
      '../modules/access/api-key.ts',
      /http\/ may not know of modules\//,
    ],
    [
      'database that imports http',
      'database/client.ts',
      '../http/problem.ts',
      /database\/ may not know of http\//,
    ],
    [
      'background that imports a module',
      'background/run.ts',
      '../modules/events/types.ts',
      /background\/ may not know of modules\//,
    ],
    [
      'ground that imports a module',
      'page.ts',
      './modules/issues/issue.ts',
      /page\.ts may not know of modules\//,
    ],
  ])('%s', (_what, from, to, message) => {
    const faults = findImportFaults(new Map([[from, `import { x } from '${to}';\n`]]));

    expect(faults).toEqual([expect.stringMatching(message)]);
    expect(faults[0]).toContain(from);
  });

  test('a cycle, which they name', () => {
    const sources = new Map([
      ['modules/issues/issue.ts', "import { b } from './section.ts';\n"],
      ['modules/issues/section.ts', "export * from './item.ts';\n"],
      ['modules/issues/item.ts', "const a = await import('./issue.ts');\n"],
    ]);

    expect(findImportFaults(sources)).toEqual([
      'A cycle: modules/issues/issue.ts -> modules/issues/section.ts -> modules/issues/item.ts -> modules/issues/issue.ts.',
    ]);
  });

  test.each([
    'const a = process.env.HOST;',
    "import { env } from 'node:process';",
    "import process, { env as all } from 'node:process';",
    'const { env } = process;',
  ])('a look at the environment by %s', (text) => {
    expect(findImportFaults(new Map([['modules/media/media.ts', text]]))).toEqual([
      'modules/media/media.ts reads process.env: only config.ts does, and hands on what it found.',
    ]);
  });
});

describe('the rules allow', () => {
  test.each([
    [
      'a module one below it',
      'modules/publishing/publish-issue.ts',
      "import { x } from '../papers/paper.ts';",
    ],
    ['routes the words of all', 'modules/papers/routes.ts', "import { uuid } from '../../schemas.ts';"],
    [
      'verbs the types of the database',
      'modules/papers/paper.ts',
      "import type { D } from '../../database/client.ts';",
    ],
    [
      'types named one by one',
      'modules/papers/paper.ts',
      "import {\n  type A,\n  type B,\n} from '../../database/client.ts';",
    ],
    [
      'verbs the generated client',
      'modules/papers/paper.ts',
      "import { Prisma } from '../../database/generated/client.ts';",
    ],
    ['the app everything', 'app.ts', "import { x } from './modules/transfer/routes.ts';"],
    ['a command everything', 'commands/keys.ts', "import { x } from '../modules/access/api-key.ts';"],
  ])('%s', (_what, from, text) => {
    expect(findImportFaults(new Map([[from, text]]))).toEqual([]);
  });
});
