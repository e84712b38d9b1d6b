import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { findImportFaults } from './import-rules.ts';
import { readImports, readSources } from './read-imports.ts';

const src = path.resolve(import.meta.dirname, '../../src');

test('every import in src is allowed', async () => {
  const sources = await readSources(src);

  expect(readImports(sources).length).toBeGreaterThan(100);
  expect(findImportFaults(sources)).toEqual([]);
});

describe('forbidden imports', () => {
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
    ['a module without a layer', 'modules/polls/poll.ts', '../../errors.ts', /polls has no line/],
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
      'a verb that imports http/',
      'modules/issues/issue.ts',
      '../../http/problem.ts',
      /only a file of routes may import http\//,
    ],
    [
      'a verb that opens a database',
      'modules/issues/issue.ts',
      '../../database/client.ts',
      /only types and the generated client/,
    ],
    [
      'a module that imports a backup',
      'modules/media/upkeep/sweep-media.ts',
      '../../../backup/create-backup.ts',
      /backup\/ may be imported only by files that run the process/,
    ],
    [
      'a backup that imports http/',
      'backup/create-backup.ts',
      '../http/problem.ts',
      /backup\/ may not import http\//,
    ],
    [
      'a module that imports the app',
      'modules/issues/issue.ts',
      '../../app.ts',
      /app\.ts belongs to the process/,
    ],
    [
      'a module that imports a command',
      'modules/issues/issue.ts',
      '../../commands/keys.ts',
      /commands\/ may be imported only by files that run the process/,
    ],
    [
      'a module that loads the configuration',
      'modules/media/media.ts',
      '../../config.ts',
      /only types may be imported from config\.ts/,
    ],
    [
      'a module that reads the variables of the environment',
      'modules/media/media.ts',
      '../../environment.ts',
      /only config\.ts reads the environment/,
    ],
    [
      'a file that reads package.json',
      'http/health.ts',
      '../../package.json',
      /only lib\/version\.ts reads package\.json/,
    ],
    [
      'http that imports a module',
      'http/authorize.ts',
      '../modules/access/api-key.ts',
      /http\/ may not import modules\//,
    ],
    [
      'database that imports http',
      'database/client.ts',
      '../http/problem.ts',
      /database\/ may not import http\//,
    ],
    [
      'background that imports a module',
      'background/run.ts',
      '../modules/events/types.ts',
      /background\/ may not import modules\//,
    ],
    [
      'http that imports a format',
      'http/answer-prepared.ts',
      '../bibliography/representations.ts',
      /http\/ may not import bibliography\//,
    ],
    [
      'a prepared response that imports a format',
      'prepared/choose-offer.ts',
      '../bibliography/representations.ts',
      /prepared\/ may not import bibliography\//,
    ],
    [
      'a shared file that imports a module',
      'lib/page.ts',
      '../modules/issues/issue.ts',
      /lib\/ may not import modules\//,
    ],
  ])('%s is reported', (_what, from, to, message) => {
    const faults = findImportFaults(new Map([[from, `import { x } from '${to}';\n`]]));

    expect(faults).toEqual([expect.stringMatching(message)]);
    expect(faults[0]).toContain(from);
  });

  test('a cycle is reported with all of its files', () => {
    const sources = new Map([
      ['modules/issues/issue.ts', "import { b } from './section.ts';\n"],
      ['modules/issues/section.ts', "export * from './item.ts';\n"],
      ['modules/issues/item.ts', "const a = await import('./issue.ts');\n"],
    ]);

    expect(findImportFaults(sources)).toEqual([
      'A cycle: modules/issues/issue.ts -> modules/issues/section.ts -> modules/issues/item.ts -> modules/issues/issue.ts.',
    ]);
  });

  test('a cycle of folders is reported even if no file is in a cycle', () => {
    const sources = new Map([
      ['modules/issues/tree/load-issue.ts', "import { b } from '../figures/figure.ts';\n"],
      ['modules/issues/figures/resolve-figures.ts', "import { b } from '../tree/order.ts';\n"],
    ]);

    expect(findImportFaults(sources)).toEqual([
      'A cycle of folders: modules/issues/tree -> modules/issues/figures -> modules/issues/tree.',
    ]);
  });

  test('a suite that imports from the folder of its module is reported', () => {
    const sources = new Map([['modules/issues/tree/load-issue.ts', "import { b } from '../routes.ts';\n"]]);

    expect(findImportFaults(sources)).toEqual([
      'modules/issues/tree/load-issue.ts imports modules/issues/routes.ts: a suite may not import from the folder that holds it.',
    ]);
  });

  test.each(['await import(path)', 'await import(`../issues/issue.ts`)'])(
    'an import of a computed path by %s is reported',
    (text) => {
      expect(findImportFaults(new Map([['modules/papers/paper.ts', text]]))).toEqual([
        'modules/papers/paper.ts computes the path of an import: the rules can only read a plain string.',
      ]);
    },
  );

  test.each([
    'const a = process.env.HOST;',
    "import { env } from 'node:process';",
    "import process, { env as all } from 'node:process';",
    'const { env } = process;',
  ])('reading the environment by %s is reported', (text) => {
    expect(findImportFaults(new Map([['modules/media/media.ts', text]]))).toEqual([
      'modules/media/media.ts reads process.env. Only config.ts may, so take the value as a parameter.',
    ]);
  });
});

describe('allowed imports', () => {
  test.each([
    [
      'a lower module in a module',
      'modules/publishing/publish-issue.ts',
      "import { x } from '../papers/paper.ts';",
    ],
    [
      'the shared schemas in a routes file',
      'modules/papers/routes.ts',
      "import { uuid } from '../../schemas.ts';",
    ],
    [
      'types of database/ in a module',
      'modules/papers/paper.ts',
      "import type { D } from '../../database/client.ts';",
    ],
    [
      'types marked one by one in a module',
      'modules/papers/paper.ts',
      "import {\n  type A,\n  type B,\n} from '../../database/client.ts';",
    ],
    [
      'the generated client in a module',
      'modules/papers/paper.ts',
      "import { Prisma } from '../../database/generated/client.ts';",
    ],
    ['a module in the app', 'app.ts', "import { x } from './modules/transfer/routes.ts';"],
    ['a module in a command', 'commands/keys.ts', "import { x } from '../modules/access/api-key.ts';"],
  ])('%s may be imported', (_what, from, text) => {
    expect(findImportFaults(new Map([[from, text]]))).toEqual([]);
  });
});
