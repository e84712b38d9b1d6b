import { readdir, readFile } from 'node:fs/promises';
import { posix } from 'node:path';

/** The text of each file, by its path. */
export type Sources = ReadonlyMap<string, string>;

export type Import = { from: string; to: string; isTypeOnly: boolean };

/** `isLazy`: loaded only when a call of `import()` runs. */
export type FoundImport = Import & { isLazy: boolean };

/** Reads every TypeScript file under `directory` except the generated client. Paths are relative to `directory`. */
export async function readSources(directory: string): Promise<Sources> {
  const names = await readdir(directory, { recursive: true });
  const files = names
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => name.endsWith('.ts') && !name.startsWith('database/generated/'))
    .sort();
  const read = async (file: string) => [file, await readFile(posix.join(directory, file), 'utf8')] as const;
  return new Map(await Promise.all(files.map(read)));
}

/** Finds the imports of other files of the project. Packages are left out. */
export function readImports(sources: Sources): FoundImport[] {
  const imports = [...sources].flatMap(([file, text]) => importsOf(file, text));
  return imports
    .filter(({ to }) => to.startsWith('.'))
    .map((each) => ({ ...each, to: posix.join(posix.dirname(each.from), each.to) }));
}

/** Those of packages and of Node's own modules. */
export function readPackageImports(sources: Sources): FoundImport[] {
  return [...sources]
    .flatMap(([file, text]) => importsOf(file, text))
    .filter(({ to }) => !to.startsWith('.'));
}

function importsOf(from: string, text: string): FoundImport[] {
  // The formatter starts every statement at the beginning of a line.
  const statements = text.matchAll(/^(?:import|export)\b(?:([^'"]*?)\bfrom)?\s*'([^']*)'/gm);
  const calls = text.matchAll(/\bimport\(()\s*'([^']*)'/g);
  const describe =
    (isLazy: boolean) =>
    ([, clause = '', to = '']: RegExpExecArray) => {
      return { from, to, isTypeOnly: isTypeOnly(clause), isLazy };
    };
  return [...[...statements].map(describe(false)), ...[...calls].map(describe(true))];
}

function isTypeOnly(clause: string): boolean {
  const names = /^\s*\{(.*)\}\s*$/s.exec(clause)?.[1]?.split(',') ?? [];
  const named = names.map((name) => name.trim()).filter((name) => name !== '');
  return /^\s*type\b/.test(clause) || (named.length > 0 && named.every((name) => name.startsWith('type ')));
}

/** Finds the cycles. Each one is the path from a file back to itself. */
export function findCycles(imports: Import[]): string[][] {
  const imported = Map.groupBy(imports, ({ from }) => from);
  const done = new Set<string>();
  const cycles = new Map<string, string[]>();
  const visit = (file: string, path: string[]) => {
    if (path.includes(file)) {
      const cycle = [...path.slice(path.indexOf(file)), file];
      cycles.set(cycle.join(), cycle);
      return;
    }
    if (done.has(file)) return;
    for (const { to } of imported.get(file) ?? []) visit(to, [...path, file]);
    done.add(file);
  };
  for (const file of imported.keys()) visit(file, []);
  return [...cycles.values()];
}
