import { readdir, readFile } from 'node:fs/promises';
import { posix } from 'node:path';
import type { Sources } from './read-imports.ts';

/** The tables of the database as prisma/schema declares them. */
export type Tables = {
  /** Module by table; the module is the name of the schema file. */
  ownerOf: ReadonlyMap<string, string>;
  /** Table by the name of its Prisma delegate, as in `db.paperIdentifier`. */
  byDelegate: ReadonlyMap<string, string>;
  /** Tables that a relation field of this name leads to. */
  byRelation: ReadonlyMap<string, readonly string[]>;
};

export type Access = {
  file: string;
  table: string;
  kind: 'write' | 'read' | 'join';
  /** What the source says, for the message. */
  text: string;
};

/** `directory`: prisma/schema, one file for each module. */
export async function readTables(directory: string): Promise<Tables> {
  const names = (await readdir(directory)).filter((name) => name.endsWith('.prisma'));
  const schemas = await Promise.all(
    names.map(async (name) => [name, await readFile(posix.join(directory, name), 'utf8')] as const),
  );
  return toTables(new Map(schemas));
}

/** `schemas`: text by file name. */
export function toTables(schemas: ReadonlyMap<string, string>): Tables {
  const models = [...schemas].flatMap(([file, text]) =>
    [...text.matchAll(/^model (\w+) \{\n(.*?)^\}/gms)].map(([, name = '', body = '']) => {
      const table = /@@map\("(\w+)"\)/.exec(body)?.[1] ?? name;
      return { name, body, table, owner: file.replace('.prisma', '') };
    }),
  );
  const tableOf = new Map(models.map(({ name, table }) => [name, table]));
  const relations = models.flatMap(({ body }) =>
    [...body.matchAll(/^ {2}(\w+)\s+(\w+)/gm)].flatMap(([, field = '', type = '']) => {
      const table = tableOf.get(type);
      return table === undefined ? [] : [{ field, table }];
    }),
  );
  return {
    ownerOf: new Map(models.map(({ table, owner }) => [table, owner])),
    byDelegate: new Map(models.map(({ name, table }) => [lowerFirst(name), table])),
    byRelation: new Map(
      [...Map.groupBy(relations, ({ field }) => field)].map(([field, found]) => [
        field,
        [...new Set(found.map(({ table }) => table))],
      ]),
    ),
  };
}

/** Every access that the sources name: by a Prisma call, a nested relation, or SQL. */
export function findAccesses(sources: Sources, tables: Tables): Access[] {
  return [...sources].flatMap(([file, source]) => {
    const text = withoutComments(source);
    const found = [...callsIn(text, tables), ...relationsIn(text, tables), ...statementsIn(text, tables)];
    return found.map((access) => ({ file, ...access }));
  });
}

type Found = Omit<Access, 'file'>;

const WRITES = /^(create|update|upsert|delete)/;
/** What the code calls a Prisma client. */
const CLIENT = String.raw`\b(?:db|prisma|tx)\b`;

/** `ctx.db.paper.findMany(...)`; how the client is called does not matter. */
function callsIn(text: string, { byDelegate }: Tables): Found[] {
  const calls = text.matchAll(
    /(?:\.\s*|\[\s*['"`])(\w+)(?:['"`]\s*\])?\s*\??\.\s*(find\w+|count|aggregate|groupBy|create\w*|update\w*|upsert|delete\w*)\s*[(<]/g,
  );
  // A delegate that is kept in a variable or passed on can do everything.
  const kept = text.matchAll(new RegExp(`${CLIENT}\\s*\\??\\.\\s*(\\w+)\\b(?!\\s*\\??\\.)`, 'g'));
  return [
    ...[...calls].map(([, delegate = '', method = '']) => ({
      delegate,
      method,
      text: `${delegate}.${method}()`,
    })),
    ...[...kept].map(([text, delegate = '']) => ({ delegate, method: 'update', text })),
  ].flatMap(({ delegate, method, text }): Found[] => {
    const table = byDelegate.get(delegate);
    return table === undefined ? [] : [{ table, kind: WRITES.test(method) ? 'write' : 'read', text }];
  });
}

/** `publication: { include: ... }`; a relation that is only named `true` in a `select` or an `include` counts, too. */
function relationsIn(text: string, { byRelation }: Tables): Found[] {
  const reads = text.matchAll(
    /\b(\w+):\s*(?:\{\s*(some|none|every|is|isNot|include|select|where|orderBy)\b|(true)\b)/g,
  );
  const writes = text.matchAll(
    /\b(\w+):\s*\{[^{}]*?\b(create|createMany|connect|connectOrCreate|disconnect|set|update|updateMany|upsert|delete|deleteMany):/g,
  );
  const found = (kind: Found['kind'], field: string, operation: string): Found[] =>
    (byRelation.get(field) ?? []).map((table) => ({ table, kind, text: `${field}: { ${operation} }` }));
  return [
    ...[...reads].flatMap(([, field = '', operation = '']) => found('join', field, operation)),
    ...[...writes].flatMap(([, field = '', operation = '']) => found('write', field, operation)),
  ];
}

/** Names of tables in SQL, and in strings that hold nothing else, which become SQL elsewhere. */
function statementsIn(text: string, { ownerOf }: Tables): Found[] {
  const names = `(${[...ownerOf.keys()].join('|')})`;
  const name = `(?:ONLY\\s+)?(?:"?public"?\\s*\\.\\s*)?"?\\b${names}\\b"?`;
  const find = (kind: Found['kind'], pattern: string, flags = 'g'): Found[] =>
    [...text.matchAll(new RegExp(pattern, flags))].map(([text, table = '']) => ({ table, kind, text }));
  return [
    // In prose, "Update papers" is no statement.
    ...find('write', `\\bUPDATE\\s+${name}`),
    ...find('write', `\\bUPDATE\\s+${name}(?=(?:\\s+(?:AS\\s+)?\\w+)?\\s+SET\\b)`, 'gi'),
    ...find('write', `\\b(?:INSERT INTO|DELETE FROM|MERGE INTO)\\s+${name}`, 'gi'),
    ...find('write', `(?<=\\b(?:TRUNCATE|COPY|ALTER TABLE|DROP TABLE)\\b[^;'\`]*)\\b${names}\\b`),
    ...find('write', `\\binsertRows\\([^,]+,\\s*'${names}'`),
    ...find('join', `(?<!DELETE )\\b(?:FROM|JOIN|USING|FOR \\w[\\w ]* OF)\\s+${name}`),
    ...find(
      'join',
      `,\\s*(?:LATERAL\\s+)?${name}\\s+(?=AS\\b|(?:\\w+\\s+)?(?:WHERE|(?:CROSS|LEFT|INNER)?\\s*JOIN|GROUP BY|ORDER BY|LIMIT)\\b)`,
    ).map((access) => ({ ...access, text: `FROM ..., ${access.table}` })),
    ...find('join', `\\bPrisma\\.raw\\(\\s*['"\`]${names}['"\`]`),
    ...find('join', `(?<!insertRows\\([^,]+,\\s*)['"\`]${names}['"\`]`).filter(({ table }) =>
      table.includes('_'),
    ),
  ];
}

/** Ways to use a table that hide its name from the functions above, by a name for the way. */
const HIDING = [
  new RegExp(`${CLIENT}\\s*(?:\\?\\.)?\\[(?!\\s*['"\`]\\w+['"\`]\\s*\\])`, 'g'),
  new RegExp(`\\}\\s*=\\s*[\\w.]*${CLIENT}\\s*(?=[;,)\\n])`, 'g'),
  /\b(?:INSERT INTO|UPDATE|DELETE FROM|MERGE INTO|TRUNCATE)\s+(?:ONLY\s+)?\$\{/gi,
  /\binsertRows\((?![^,]+,\s*'\w+')/g,
];
/** The parameter of insertRows is the table, which each call must spell. A restore fills all tables of the database. */
const WRITES_ANY_TABLE = new Set(['lib/insert-rows.ts', 'backup/load-tables.ts']);

/** Every place where the sources hide which table they use. */
export function findHiding(sources: Sources): { file: string; text: string }[] {
  return [...sources].flatMap(([file, source]) => {
    if (WRITES_ANY_TABLE.has(file)) return [];
    const text = withoutComments(source);
    return HIDING.flatMap((pattern) => [...text.matchAll(pattern)].map(([text]) => ({ file, text })));
  });
}

/** Strings are kept whole, because `/*` in one begins no comment. */
function withoutComments(text: string): string {
  return text.replaceAll(
    /('(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`)|\/\*.*?\*\/|^\s*\/\/[^\n]*$/gms,
    (_, string = '') => string,
  );
}

function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}
