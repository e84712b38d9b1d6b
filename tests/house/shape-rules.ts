import { readImports, readPackageImports, type Sources } from './read-imports.ts';

/**
 * What schemas files and presenters may do. The routes of every module above may import them, so they describe shapes
 * and nothing else: what decides, stores or answers stays where the import rules can see it.
 */

const SCHEMAS = /(?:^|[/-])schemas\.ts$/;
const PRESENTER = /(?:^|\/)present(?:-[a-z-]+)?\.ts$/;

export function isShape(file: string): boolean {
  return SCHEMAS.test(file) || PRESENTER.test(file);
}

/** Packages that only compute; JSON is data. */
const PURE_PACKAGE = /^(?:entities|zod|temporal-polyfill|.*\.json)$/;

/** Places in src that a shape may not reach. */
const IMPURE_PLACES = ['background/', 'database/', 'errors.ts', 'http/', 'outbound/', 'process/'];

/** Marks of a file that does more than compute. */
const IMPURE_TEXTS: readonly (readonly [RegExp, string])[] = [
  [/`[^`]*\b(?:SELECT|INSERT INTO|UPDATE|DELETE FROM|json_build_object)\b/, 'holds SQL'],
  [/^import\b[^;]*\bContext\b[^;]*'[^']*\bcontext\.ts'/m, 'takes a Context'],
  [/\b(?:PrismaClient|TransactionClient)\b/, 'takes a Prisma client'],
  [/^import\b[^;]*'pg'/m, 'takes a PostgreSQL client'],
  [/^import\b[^;]*'fastify'/m, 'imports fastify'],
];

/** One sentence for each fault. */
export function findShapeFaults(sources: Sources): string[] {
  const findImpure = makeFinder(sources);
  const shapes = [...sources].filter(([file]) => isShape(file));
  return shapes.flatMap(([file, text]) => [
    ...findImpure(file),
    ...(SCHEMAS.test(file) ? judgeSchemas(file, text) : judgePresenter(file, text)),
  ]);
}

/** Follows imports to what a shape may not reach. Imports of types are left out, and other shapes: they are judged too. */
function makeFinder(sources: Sources): (shape: string) => string[] {
  const used = readImports(sources).filter(({ isTypeOnly }) => !isTypeOnly);
  const packages = readPackageImports(sources).filter(({ isTypeOnly }) => !isTypeOnly);
  const usedBy = Map.groupBy(used, ({ from }) => from);
  const packagesOf = Map.groupBy(packages, ({ from }) => from);

  return function findImpure(shape) {
    const reached = new Set([shape]);
    for (const file of reached) {
      if (impurityOf(file) !== null) continue;
      for (const { to } of usedBy.get(file) ?? []) if (!isShape(to)) reached.add(to);
    }
    return [...reached].flatMap((file) => {
      const impurity = impurityOf(file);
      if (impurity === null) return [];
      return [file === shape ? `${shape} ${impurity}.` : `${shape} reaches ${file}, which ${impurity}.`];
    });
  };

  function impurityOf(file: string): string | null {
    const place = IMPURE_PLACES.find((place) => file.startsWith(place));
    if (place !== undefined) return `belongs to ${place}`;
    const other = packagesOf.get(file)?.find(({ to }) => !PURE_PACKAGE.test(to));
    if (other) return `imports ${other.to}`;
    const text = sources.get(file) ?? '';
    return IMPURE_TEXTS.find(([mark]) => mark.test(text))?.[1] ?? null;
  }
}

/** A function that builds a schema names the type of one, as in `z.ZodType`. */
function judgeSchemas(file: string, text: string): string[] {
  const functions = [...text.matchAll(/^export (?:async )?function (\w+)([^{]*)/gm)];
  const arrows = [...text.matchAll(/^export const (\w+)[^=]*= (?:async )?(?:<[^>]*>)?\([^)]*\)[^=;]*=>/gm)];
  const behaviour = [...functions.filter(([, , signature = '']) => !signature.includes('z.Zod')), ...arrows];
  const knowsRows = /^import\b[^;]*\/database\/generated\//m.test(text);
  return [
    ...behaviour.map(
      ([, name]) => `${file} exports ${name}: a schemas file exports no function but makers of schemas.`,
    ),
    ...(knowsRows ? [`${file} knows rows of the database: only presenters do.`] : []),
  ];
}

function judgePresenter(file: string, text: string): string[] {
  const waits = /\b(?:async|await)\b/.test(text);
  return waits ? [`${file} waits for something: a presenter is handed what it presents.`] : [];
}
