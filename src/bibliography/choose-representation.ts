import { MEDIA_TYPES, REPRESENTATIONS, type Representation } from './representations.ts';

/** Headers of programs are few, and the same again and again. */
const MOST_REMEMBERED = 100;
const remembered = new Map<string, Representation>();

/**
 * RFC 9110, 12.5.1. The one that the client likes best; of those that it likes alike the one that it names most
 * closely, then the one that it names first. JSON for all who name nothing of this, browsers among them.
 */
export function chooseRepresentation(accept: string | undefined): Representation {
  if (accept === undefined || accept === '*/*') return 'json';
  const known = remembered.get(accept);
  if (known !== undefined) return known;
  const chosen = negotiate(accept);
  if (remembered.size >= MOST_REMEMBERED) remembered.clear();
  remembered.set(accept, chosen);
  return chosen;
}

type Range = { type: string; style: string | undefined; weight: number; position: number };
type Candidate = { representation: Representation; range: Range };

function negotiate(accept: string): Representation {
  const ranges = accept.toLowerCase().split(',').map(readRange);
  const candidates = REPRESENTATIONS.flatMap((representation): Candidate[] => {
    const range = findClosest(representation, ranges);
    return range !== undefined && range.weight > 0 ? [{ representation, range }] : [];
  });
  const [best] = candidates.toSorted((one, other) => comparePreference(one.range, other.range));
  return best?.representation ?? 'json';
}

/** Parameters but `style` change nothing here: references have one charset and one language. */
function readRange(text: string, position: number): Range {
  const [type = '', ...parameters] = text.split(';').map((part) => part.trim());
  const parameterOf = (name: string) =>
    parameters.find((parameter) => parameter.startsWith(`${name}=`))?.slice(name.length + 1);
  const weight = parameterOf('q');
  return {
    type,
    style: parameterOf('style')?.replaceAll('"', ''),
    weight: weight === undefined ? 1 : Math.min(Number(weight) || 0, 1),
    position,
  };
}

function findClosest(representation: Representation, ranges: readonly Range[]): Range | undefined {
  const { type, style } = MEDIA_TYPES[representation];
  const [group] = type.split('/');
  const fitting = ranges.filter(
    (range) =>
      (range.type === type && (range.style === undefined || range.style === style)) ||
      range.type === `${group}/*` ||
      range.type === '*/*',
  );
  return fitting.toSorted((one, other) => closeness(other) - closeness(one))[0];
}

function comparePreference(one: Range, other: Range): number {
  return other.weight - one.weight || closeness(other) - closeness(one) || one.position - other.position;
}

function closeness({ type, style }: Range): number {
  if (type === '*/*') return 0;
  if (type.endsWith('/*')) return 1;
  return style === undefined ? 2 : 3;
}
