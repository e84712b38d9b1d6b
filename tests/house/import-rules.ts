import { posix } from 'node:path';
import type { Import, Sources } from './read-imports.ts';
import { findCycles, readImports } from './read-imports.ts';
import { isShape } from './shape-rules.ts';

/** The rules for imports between files of src. Paths are relative to src. */

/** The modules from the lowest layer to the highest. A module may import modules of earlier lines. */
export const MODULES = [
  ['events'],
  ['publications'],
  ['newsletters'],
  ['papers', 'media'],
  ['people'],
  ['access'],
  ['issues'],
  ['publishing', 'merging'],
  ['delivery'],
  ['search', 'feeds', 'uses', 'references', 'webhooks'],
  ['transfer'],
];

/** Files and folders that every module may import. Any other file or folder in src belongs to the process. */
const GROUND = new Set([
  'bibliography/',
  'config.ts',
  'context.ts',
  'environment.ts',
  'errors.ts',
  'lib/',
  'markdown/',
  'outbound/',
  'prepared/',
  'problems/',
  'schemas.ts',
  'threads/',
]);

/** Folders that choose among formats and send them without knowing any: the modules hand the formats in. */
const WITHOUT_FORMATS = new Set(['http/', 'prepared/']);

type Place = 'process' | 'ground' | 'http' | 'database' | 'background' | 'backup' | 'module';

const MAY_IMPORT: Record<Exclude<Place, 'process' | 'module'>, Place[]> = {
  ground: ['ground', 'database'],
  http: ['ground', 'http', 'database'],
  database: ['ground', 'database'],
  background: ['ground', 'background', 'database'],
  backup: ['ground', 'backup', 'database', 'module'],
};

const COMPUTED_IMPORT = /\bimport\((?!\s*'[^']*'\s*\))/;

/** Returns one sentence for each forbidden import. */
export function findImportFaults(sources: Sources): string[] {
  const imports = readImports(sources);
  return [
    ...imports.flatMap(judge),
    ...findCycles(imports).map((path) => `A cycle: ${path.join(' -> ')}.`),
    ...findCycles(importsOfFolders(imports)).map((path) => `A cycle of folders: ${path.join(' -> ')}.`),
    ...imports
      .filter(runsBackUp)
      .map(({ from, to }) => `${from} imports ${to}: a suite may not import from the folder that holds it.`),
    ...[...sources].flatMap(([file, text]) => judgeEnvironment(file, text)),
    ...[...sources]
      .filter(([, text]) => COMPUTED_IMPORT.test(text))
      .map(([file]) => `${file} computes the path of an import: the rules can only read a plain string.`),
  ];
}

function judge(found: Import): string[] {
  const reason = objection(found);
  return reason === null ? [] : [`${found.from} imports ${found.to}: ${reason}.`];
}

function objection({ from, to, isTypeOnly }: Import): string | null {
  if (to === '../package.json')
    return from === 'lib/version.ts' ? null : 'only lib/version.ts reads package.json';
  const [importer, imported] = [placeOf(from), placeOf(to)];
  if (importer === 'process') return null;
  if (imported === 'backup' && importer !== 'backup')
    return 'backup/ may be imported only by files that run the process';
  if (imported === 'process')
    return isAtRoot(to)
      ? notOfTheGround(to)
      : `${topOf(to)} may be imported only by files that run the process`;
  if (to === 'config.ts' && !isTypeOnly)
    return 'only types may be imported from config.ts; take configuration as a parameter';
  if (to === 'environment.ts' && from !== 'config.ts') return 'only config.ts reads the environment';
  if (WITHOUT_FORMATS.has(topOf(from)) && topOf(to) === 'bibliography/')
    return `${topOf(from)} may not import bibliography/; modules pass the formats in`;
  if (importer === 'module') return objectionOfModule({ from, to, isTypeOnly });
  if (!MAY_IMPORT[importer].includes(imported)) return `${topOf(from)} may not import ${topOf(to)}`;
  return importer === 'ground' ? objectionToDatabase(to, isTypeOnly) : null;
}

function objectionOfModule({ from, to, isTypeOnly }: Import): string | null {
  const [own, other] = [moduleOf(from), moduleOf(to)];
  if (levelOf(own) === -1) return `the module ${own} has no line in tests/house/import-rules.ts`;
  const imported = placeOf(to);
  if (imported === 'ground' || own === other) return null;
  if (from.endsWith('routes.ts')) {
    if (imported === 'http' || isShapeFromBelow(to, own)) return null;
    return 'a file of routes may import only http/, its own module, and the schemas and presenters of lower modules';
  }
  if (imported === 'http') return 'only a file of routes may import http/';
  if (imported === 'background') return 'server.ts passes work to background/';
  if (imported === 'database') return objectionToDatabase(to, isTypeOnly);
  return levelOf(other) < levelOf(own) ? null : `${other} is not below ${own}`;
}

/** A route may return a record of a lower module. shape-rules.ts says what such a file may hold. */
function isShapeFromBelow(to: string, own: string): boolean {
  return placeOf(to) === 'module' && levelOf(moduleOf(to)) < levelOf(own) && isShape(to);
}

function objectionToDatabase(to: string, isTypeOnly: boolean): string | null {
  const isOpen = isTypeOnly || placeOf(to) !== 'database' || to.startsWith('database/generated/');
  return isOpen ? null : 'only types and the generated client may be imported from database/ here';
}

/** The imports between folders, without the root of src, which assembles them and holds the shared files. */
function importsOfFolders(imports: Import[]): Import[] {
  const folders = imports.map(({ from, to, isTypeOnly }) => {
    return { from: posix.dirname(from), to: posix.dirname(to), isTypeOnly };
  });
  return folders.filter(({ from, to }) => from !== to && from !== '.' && to !== '.');
}

/** Inside a module a suite imports only from itself or from other suites, so that it can be read without the rest. */
function runsBackUp({ from, to }: Import): boolean {
  const [own, other] = [posix.dirname(from), posix.dirname(to)];
  return placeOf(from) === 'module' && placeOf(to) === 'module' && own.startsWith(`${other}/`);
}

function judgeEnvironment(file: string, text: string): string[] {
  const reads =
    /\bprocess\s*(\?\.|\.)\s*env\b|\bprocess\[|\{[^}]*\benv\b[^}]*\}\s*(from\s*['"](node:)?process|=\s*process\b)/;
  if (file === 'config.ts' || !reads.test(text)) return [];
  return [`${file} reads process.env. Only config.ts may, so take the value as a parameter.`];
}

function placeOf(file: string): Place {
  const top = topOf(file);
  if (top === 'modules/') return 'module';
  if (top === 'http/') return 'http';
  if (top === 'database/') return 'database';
  if (top === 'background/') return 'background';
  if (top === 'backup/') return 'backup';
  return GROUND.has(top) ? 'ground' : 'process';
}

function notOfTheGround(file: string): string {
  return `${file} belongs to the process. If every file may import it, add it to GROUND in tests/house/import-rules.ts`;
}

function isAtRoot(file: string): boolean {
  return !file.includes('/');
}

/** The first part of a path: `http/` for `http/problem.ts`, `page.ts` for `page.ts`. */
function topOf(file: string): string {
  const [top = ''] = file.split('/');
  return isAtRoot(file) ? top : `${top}/`;
}

export function moduleOf(file: string): string {
  return file.split('/')[1] ?? '';
}

export function levelOf(module: string): number {
  return MODULES.findIndex((line) => line.includes(module));
}
