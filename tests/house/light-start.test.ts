import { expect, test } from 'vitest';
import {
  type FoundImport,
  readImports,
  readPackageImports,
  readSources,
  type Sources,
} from './read-imports.ts';

/** Packages that take much memory or time to load, by what needs them. */
const HEAVY = [
  // Storage on S3
  ...['@aws-sdk/client-s3', '@aws-sdk/lib-storage', '@aws-sdk/s3-request-presigner'],
  // Images, in processes of their own
  ...['sharp', 'jsdom', 'dompurify', 'exifr', 'thumbhash'],
  // Markdown, in threads of its own
  ...['remark-parse', 'remark-gfm', 'hast-util-from-html'],
  // Migrations
  '@prisma/schema-engine-wasm',
  // The page /docs
  '@scalar/fastify-api-reference',
];

/** The packages that are loaded before the process does anything. */
function packagesLoadedBy(entry: string, sources: Sources): Set<string> {
  const isLoaded = ({ isTypeOnly, isLazy }: FoundImport) => !isTypeOnly && !isLazy;
  const byFile = Map.groupBy(readImports(sources).filter(isLoaded), ({ from }) => from);
  const files = new Set<string>();
  const visit = (file: string) => {
    if (files.has(file)) return;
    files.add(file);
    for (const { to } of byFile.get(file) ?? []) visit(to);
  };
  visit(entry);
  const packages = readPackageImports(sources).filter((each) => isLoaded(each) && files.has(each.from));
  return new Set(packages.map(({ to }) => to));
}

test('a start loads none of the heavy packages', async () => {
  const loaded = packagesLoadedBy('server.ts', await readSources('src'));
  expect(loaded.size).toBeGreaterThan(10);
  expect(HEAVY.filter((name) => loaded.has(name))).toEqual([]);
});

test('every heavy package is loaded by some file, so none is listed under a former name', async () => {
  const all = new Set(readPackageImports(await readSources('src')).map(({ to }) => to));
  expect(HEAVY.filter((name) => !all.has(name))).toEqual([]);
});

test('a package that is imported at the top of a file counts, and one that is imported later does not', () => {
  const sources = new Map([
    ['server.ts', "import './a.ts';\nimport type { X } from 'typed';\n"],
    ['a.ts', "import 'early';\nconst later = () => import('late');\n"],
  ]);
  expect([...packagesLoadedBy('server.ts', sources)]).toEqual(['early']);
});
