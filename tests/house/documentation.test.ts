import { existsSync } from 'node:fs';
import { access, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { itemKind } from '../../src/modules/issues/tree/item-schemas.ts';
import { linkRel } from '../../src/schemas.ts';

const root = path.resolve(import.meta.dirname, '../..');
/** Every page at the root and in docs/. */
const pages = (await Promise.all(['.', 'docs'].map(listPages))).flat();
/** Commands of npm itself, which are not scripts. */
const builtIn = ['ci', 'install', 'prune'];

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

describe('the tree in README.md', () => {
  test('the tree names every file and folder at the root of src, and nothing else', async () => {
    const present = await readdir(path.join(root, 'src'));

    expect((await readTree(2)).toSorted()).toEqual(present.toSorted());
  });

  test('the tree names every module, and nothing else', async () => {
    const present = await readdir(path.join(root, 'src/modules'));

    expect((await readTree(4)).toSorted()).toEqual(present.toSorted());
  });
});

test.each([
  ['kind', itemKind.options],
  ['rel', linkRel.options],
] as const)('the table of each %s in docs/concepts.md has the values of the schema', async (name, values) => {
  const page = await readFromRoot('docs/concepts.md');
  const table = new RegExp(`^\\| ${name} \\|.*\\n\\|---\\|---\\|\\n((?:\\|.*\\n)+)`, 'm');
  const [, rows = ''] = table.exec(page) ?? [];
  const listed = [...rows.matchAll(/^\| `(\w+)` \|/gm)].map(([, value]) => value);

  expect(listed).toEqual(values);
});

test.each(['CONTRIBUTING.md', 'docs/architecture.md'])(
  'every path of a source file that %s names exists',
  async (page) => {
    const spans = [...(await readFromRoot(page)).matchAll(/`([\w.-]+(?:\/[\w.-]+)+\/?)`/g)];
    const paths = spans
      .map(([, name = '']) => name)
      .filter((name) => /\/$|\.(?:ts|prisma|json|md)$/.test(name));
    const bases = ['.', 'src', 'src/modules'];

    const missing = paths.filter((name) => !bases.some((base) => existsSync(path.join(root, base, name))));
    expect(paths.length).toBeGreaterThan(0);
    expect(missing).toEqual([]);
  },
);

async function listPages(folder: string): Promise<string[]> {
  const names = await readdir(path.join(root, folder));
  return names.filter((name) => name.endsWith('.md')).map((name) => path.join(folder, name));
}

/** The names in the tree below `src/` that are indented by this many spaces. */
async function readTree(indent: number): Promise<string[]> {
  const [, tree = ''] = (await readFromRoot('README.md')).split('\nsrc/\n');
  const [block = ''] = tree.split('\ntests/');
  const lines = block.matchAll(new RegExp(`^ {${indent}}([\\w.-]+)/? `, 'gm'));
  return [...lines].map(([, name = '']) => name);
}
