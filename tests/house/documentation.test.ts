import { access, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';

const root = path.resolve(import.meta.dirname, '../..');
const pages = [
  'README.md',
  'CHANGELOG.md',
  'SECURITY.md',
  'docs/cdn.md',
  'docs/media.md',
  'docs/operating.md',
  'docs/papers.md',
  'docs/problems.md',
  'docs/reading.md',
  'docs/walkthrough.md',
];
/** Commands of npm itself, which are not scripts. */
const builtIn = ['ci', 'install'];

const manifest = z.object({ scripts: z.record(z.string(), z.string()) });

const readFromRoot = (name: string) => readFile(path.join(root, name), 'utf8');

describe.each(pages)('%s', (page) => {
  test('every npm command on the page exists', async () => {
    const { scripts } = manifest.parse(JSON.parse(await readFromRoot('package.json')));
    const named = (await readFromRoot(page)).matchAll(/\bnpm (?:run )?([a-z][a-z:-]*)/g);

    const known = [...builtIn, ...Object.keys(scripts)];
    expect([...named].map(([, name]) => name).filter((name = '') => !known.includes(name))).toEqual([]);
  });

  test('every relative link on the page leads to a file', async () => {
    const links = (await readFromRoot(page)).matchAll(/\]\((?!\w+:)([^)#]+)/g);

    for (const [, target = ''] of links) {
      await expect(access(path.join(root, path.dirname(page), target)), target).resolves.toBeUndefined();
    }
  });
});

test('README.md names every module', async () => {
  const readme = await readFromRoot('README.md');
  const modules = await readdir(path.join(root, 'src/modules'));

  expect(modules.filter((name) => !readme.includes(`${name}/`))).toEqual([]);
});
