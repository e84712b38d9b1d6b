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

/** `ctx.db.paper.findMany(...)`; how the client is called does not matter. */
function callsIn(text: string, { byDelegate }: Tables): Found[] {
  const calls = text.matchAll(
    /\.(\w+)\s*\.(find\w+|count|aggregate|groupBy|create\w*|update\w*|upsert|delete\w*)\(/g,
  );
  return [...calls].flatMap(([, delegate = '', method = '']): Found[] => {
    const table = byDelegate.get(delegate);
    if (table === undefined) return [];
    return [{ table, kind: WRITES.test(method) ? 'write' : 'read', text: `${delegate}.${method}()` }];
  });
}

/** `publication: { include: ... }`; a relation that is only named `true` in a `select` or an `include` counts, too. */
function relationsIn(text: string, { byRelation }: Tables): Found[] {
  const nested = text.matchAll(
    /\b(\w+):\s*(?:\{\s*(some|none|every|is|isNot|include|select|where|orderBy|create|createMany|connect|update|delete|deleteMany)\b|(true)\b)/g,
  );
  return [...nested].flatMap(([, field = '', operation = '']): Found[] => {
    const kind = WRITES.test(operation) || operation === 'connect' ? 'write' : 'join';
    const reached = byRelation.get(field) ?? [];
    return reached.map((table) => ({ table, kind, text: `${field}: { ${operation} }` }));
  });
}

/** Names of tables in SQL, and in strings that hold nothing else, which become SQL elsewhere. */
function statementsIn(text: string, { ownerOf }: Tables): Found[] {
  const names = [...ownerOf.keys()].join('|');
  const writes = text.matchAll(
    new RegExp(`\\b(INSERT INTO|UPDATE|DELETE FROM|TRUNCATE)\\s+(${names})\\b`, 'g'),
  );
  const reads = text.matchAll(
    new RegExp(`(?<!DELETE )\\b(FROM|JOIN|FOR \\w[\\w ]* OF)\\s+(${names})\\b`, 'g'),
  );
  const lists = text.matchAll(
    new RegExp(
      `,\\s*(?:LATERAL\\s+)?(${names})\\s+(?=AS\\b|WHERE\\b|(?:CROSS|LEFT|INNER)?\\s*JOIN\\b|GROUP BY|ORDER BY|LIMIT\\b)`,
      'g',
    ),
  );
  const inserts = text.matchAll(new RegExp(`\\binsertRows\\([^,]+,\\s*'(${names})'`, 'g'));
  const strings = text.matchAll(new RegExp(`(?<!insertRows\\([^,]+,\\s*)['"\`](${names})['"\`]`, 'g'));
  return [
    ...[...writes].map(([text, , table = '']): Found => ({ table, kind: 'write', text })),
    ...[...reads].map(([text, , table = '']): Found => ({ table, kind: 'join', text })),
    ...[...lists].map(([, table = '']): Found => ({ table, kind: 'join', text: `FROM ..., ${table}` })),
    ...[...inserts].map(([text, table = '']): Found => ({ table, kind: 'write', text })),
    ...[...strings]
      .filter(([, table = '']) => table.includes('_'))
      .map(([text, table = '']): Found => ({ table, kind: 'join', text })),
  ];
}

function withoutComments(text: string): string {
  return text.replaceAll(/\/\*.*?\*\//gs, '').replaceAll(/^\s*\/\/.*$/gm, '');
}

function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}
