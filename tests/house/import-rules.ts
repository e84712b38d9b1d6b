import type { Import, Sources } from './read-imports.ts';
import { findCycles, readImports } from './read-imports.ts';

/** Who may import whom in src. Paths are relative to src. */

/** Each module may import those of the lines above its own. */
const MODULES = [
  ['events'],
  ['access'],
  ['newsletters'],
  ['papers', 'media'],
  ['people'],
  ['issues'],
  ['publishing'],
  ['delivery'],
  ['search', 'feeds', 'features', 'citations', 'webhooks'],
  ['transfer'],
];

/** What everything stands on. Any other file at the root of src belongs to the process. */
const GROUND = new Set([
  'advisory-lock.ts',
  'citations/',
  'config.ts',
  'context.ts',
  'errors.ts',
  'in-turns.ts',
  'escape-html.ts',
  'insert-rows.ts',
  'markdown/',
  'outbound/',
  'page.ts',
  'patch.ts',
  'prepared/',
  'revision.ts',
  'schemas.ts',
  'time-zone.ts',
  'version.ts',
]);

type Place = 'process' | 'ground' | 'http' | 'database' | 'background' | 'module';

const FLOORS: Record<Exclude<Place, 'process' | 'module'>, Place[]> = {
  ground: ['ground', 'database'],
  http: ['ground', 'http', 'database'],
  database: ['ground', 'database'],
  background: ['ground', 'background', 'database'],
};

/** One sentence for each fault. */
export function findImportFaults(sources: Sources): string[] {
  const imports = readImports(sources);
  return [
    ...imports.flatMap(judge),
    ...findCycles(imports).map((path) => `A cycle: ${path.join(' -> ')}.`),
    ...[...sources].flatMap(([file, text]) => judgeEnvironment(file, text)),
  ];
}

function judge(found: Import): string[] {
  const reason = objection(found);
  return reason === null ? [] : [`${found.from} imports ${found.to}: ${reason}.`];
}

function objection({ from, to, isTypeOnly }: Import): string | null {
  if (to === '../package.json') return from === 'version.ts' ? null : 'only version.ts reads package.json';
  const [importer, imported] = [placeOf(from), placeOf(to)];
  if (importer === 'process') return null;
  if (imported === 'process')
    return isAtRoot(to) ? notOfTheGround(to) : `${topOf(to)} is for the process alone`;
  if (to === 'config.ts' && !isTypeOnly) return 'configuration is handed in; only its types are imported';
  if (importer === 'module') return objectionOfModule({ from, to, isTypeOnly });
  if (!FLOORS[importer].includes(imported)) return `${topOf(from)} may not know of ${topOf(to)}`;
  return importer === 'ground' ? objectionToDatabase(to, isTypeOnly) : null;
}

function objectionOfModule({ from, to, isTypeOnly }: Import): string | null {
  const [own, other] = [moduleOf(from), moduleOf(to)];
  if (levelOf(own) === -1) return `the module ${own} has no line in tests/house/import-rules.ts`;
  const imported = placeOf(to);
  if (imported === 'ground' || own === other) return null;
  if (from.endsWith('routes.ts')) {
    if (imported === 'http' || isForShow(to, own)) return null;
    return 'a file of routes knows only http/, its own module, and the schemas and presenters of those below';
  }
  if (imported === 'http') return 'only a file of routes knows of HTTP';
  if (imported === 'background') return 'work is handed to background/ by server.ts';
  if (imported === 'database') return objectionToDatabase(to, isTypeOnly);
  return levelOf(other) < levelOf(own) ? null : `${other} is not below ${own}`;
}

/** Schemas and presenters of a module below: what a verb here answers with may be a record of theirs. */
function isForShow(to: string, own: string): boolean {
  return (
    placeOf(to) === 'module' && levelOf(moduleOf(to)) < levelOf(own) && /(schemas|present)\.ts$/.test(to)
  );
}

function objectionToDatabase(to: string, isTypeOnly: boolean): string | null {
  const isOpen = isTypeOnly || placeOf(to) !== 'database' || to.startsWith('database/generated/');
  return isOpen ? null : 'of database/ only types and the generated client are known here';
}

function judgeEnvironment(file: string, text: string): string[] {
  const reads =
    /\bprocess\s*(\?\.|\.)\s*env\b|\bprocess\[|\{[^}]*\benv\b[^}]*\}\s*(from\s*['"](node:)?process|=\s*process\b)/;
  if (file === 'config.ts' || !reads.test(text)) return [];
  return [`${file} reads process.env: only config.ts does, and hands on what it found.`];
}

function placeOf(file: string): Place {
  const top = topOf(file);
  if (top === 'modules/') return 'module';
  if (top === 'http/') return 'http';
  if (top === 'database/') return 'database';
  if (top === 'background/') return 'background';
  return GROUND.has(top) ? 'ground' : 'process';
}

function notOfTheGround(file: string): string {
  return `${file} is of the process; if it is meant for all, add it to GROUND in tests/house/import-rules.ts`;
}

function isAtRoot(file: string): boolean {
  return !file.includes('/');
}

/** `http/` of `http/problem.ts`, `page.ts` of `page.ts`. */
function topOf(file: string): string {
  const [top = ''] = file.split('/');
  return isAtRoot(file) ? top : `${top}/`;
}

function moduleOf(file: string): string {
  return file.split('/')[1] ?? '';
}

function levelOf(module: string): number {
  return MODULES.findIndex((line) => line.includes(module));
}
