import { z } from 'zod';

/** What generators of typed clients need of the document: a good name for each thing, and each thing once. */

const node = z.record(z.string(), z.unknown());
const apiDocument = z.looseObject({ components: z.record(z.string(), z.record(z.string(), node)) });

type Node = z.infer<typeof node>;

/** One sentence for each fault. */
export function findComponentFaults(json: unknown): string[] {
  const { components } = apiDocument.parse(json);
  const { securitySchemes: _, ...named } = components;
  return [
    ...Object.entries(named).flatMap(([kind, group]) => [
      ...judgeNames(kind, group),
      ...findTwins(kind, group),
    ]),
    ...findNodes(json, '#').flatMap(([pointer, found]) => [
      ...judgeBounds(pointer, found),
      ...judgeNamelessness(pointer, found),
    ]),
  ];
}

/** Zod-openapi adds `Output` to the name of a schema that answers show otherwise than requests, and numbers others. */
function judgeNames(kind: string, group: Record<string, Node>): string[] {
  return Object.keys(group)
    .filter((name) => !/^[A-Z][A-Za-z0-9]*$/.test(name) || /(\d|Output)$/.test(name))
    .map((name) => `${name} of ${kind} is not a name that a person would choose`);
}

function findTwins(kind: string, group: Record<string, Node>): string[] {
  const alike = Map.groupBy(Object.entries(group), ([, component]) => JSON.stringify(essenceOf(component)));
  return [...alike.values()]
    .map((twins) => twins.map(([name]) => name))
    .filter((names) => names.length > 1)
    .map((names) => `${names.join(' and ')} of ${kind} are the same`);
}

/** A text, a number or an answer may differ from another in its description alone; an object or an enum may not. */
function essenceOf({ examples: _, description, ...rest }: Node): Node {
  return 'properties' in rest || 'enum' in rest ? rest : { ...rest, description };
}

function judgeBounds(pointer: string, { minimum, maximum }: Node): string[] {
  const isSafeBound = (bound: unknown) =>
    typeof bound === 'number' && Math.abs(bound) >= Number.MAX_SAFE_INTEGER;
  return [minimum, maximum].some(isSafeBound) ? [`${pointer} has a bound of ±2^53`] : [];
}

function judgeNamelessness(pointer: string, { type, properties, enum: values }: Node): string[] {
  const isObject = type === 'object' && properties !== undefined;
  const isEnum = Array.isArray(values) && values.length > 1;
  if (!isObject && !isEnum) return [];
  return /^#\/components\/schemas\/[^/]+$/.test(pointer) ? [] : [`${pointer} has no name`];
}

/** Every object of the document but those of its examples. */
function findNodes(value: unknown, pointer: string): [string, Node][] {
  if (Array.isArray(value)) return value.flatMap((part, at) => findNodes(part, `${pointer}/${at}`));
  const { success, data } = node.safeParse(value);
  if (!success) return [];
  const parts = Object.entries(data).filter(([key]) => key !== 'examples');
  return [
    [pointer, data],
    ...parts.flatMap(([key, part]) => findNodes(part, `${pointer}/${escapeKey(key)}`)),
  ];
}

/** RFC 6901 */
function escapeKey(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}
