/** A representation that an address answers in. */
export type Offer<Name extends string = string> = {
  name: Name;
  /** Media type, in lower case. */
  type: string;
  /** Parameters of the media type that set the offer apart from others of the same type. */
  parameters?: Readonly<Record<string, string>>;
  /** Media type when a link names the offer. Default: `type`. */
  linkedType?: string;
};

/** The first is the default. */
export type Offers<Name extends string = string> = readonly [Offer<Name>, ...Offer<Name>[]];

/** Accept headers to remember for each list of offers. Few distinct ones occur. */
const MAX_REMEMBERED = 100;
/** Indexes into the offers, by Accept header. */
const remembered = new WeakMap<Offers, Map<string, number>>();

/**
 * Content negotiation by RFC 9110, section 12.5.1. Chooses the offer with the highest weight. A more specific range
 * breaks a tie, then the order of the header, then the order of the offers. If no offer is acceptable, which is true
 * for most browsers, the default is chosen.
 */
export function chooseOffer<Name extends string>(
  accept: string | undefined,
  offers: Offers<Name>,
): Offer<Name> {
  if (accept === undefined || accept === '*/*') return offers[0];
  const index = remembered.get(offers)?.get(accept) ?? remember(accept, offers, findBest(accept, offers));
  return offers[index] ?? offers[0];
}

function remember(accept: string, offers: Offers, index: number): number {
  const indexes = remembered.get(offers) ?? new Map<string, number>();
  if (indexes.size >= MAX_REMEMBERED) indexes.clear();
  remembered.set(offers, indexes.set(accept, index));
  return index;
}

type Range = {
  type: string;
  /** Only those that some offer has. Others, such as `charset`, do not change the choice. */
  parameters: readonly (readonly [name: string, value: string])[];
  weight: number;
  position: number;
};

function findBest(accept: string, offers: Offers): number {
  const names = new Set(offers.flatMap(({ parameters = {} }) => Object.keys(parameters)));
  const ranges = accept
    .toLowerCase()
    .split(',')
    .map((text, position) => readRange(text, position, names));
  const acceptable = offers.flatMap((offer, index) => {
    const range = findMostSpecific(offer, ranges);
    return range !== undefined && range.weight > 0 ? [{ index, range }] : [];
  });
  const [best] = acceptable.toSorted((one, other) => comparePreference(one.range, other.range));
  return best?.index ?? 0;
}

function readRange(text: string, position: number, names: ReadonlySet<string>): Range {
  const [type = '', ...parts] = text.split(';').map((part) => part.trim());
  const weight = parameterOf('q', parts);
  const parameters = [...names].flatMap((name) => {
    const value = parameterOf(name, parts)?.replaceAll('"', '');
    return value === undefined ? [] : [[name, value] as const];
  });
  return { type, parameters, weight: weight === undefined ? 1 : Math.min(Number(weight) || 0, 1), position };
}

function parameterOf(name: string, parts: readonly string[]): string | undefined {
  return parts.find((part) => part.startsWith(`${name}=`))?.slice(name.length + 1);
}

function findMostSpecific(offer: Offer, ranges: readonly Range[]): Range | undefined {
  const matching = ranges.filter((range) => matches(range, offer));
  return matching.toSorted((one, other) => specificityOf(other) - specificityOf(one))[0];
}

function matches(range: Range, { type, parameters = {} }: Offer): boolean {
  if (range.type === '*/*' || range.type === `${type.split('/')[0]}/*`) return true;
  return range.type === type && range.parameters.every(([name, value]) => parameters[name] === value);
}

function comparePreference(one: Range, other: Range): number {
  return (
    other.weight - one.weight || specificityOf(other) - specificityOf(one) || one.position - other.position
  );
}

function specificityOf({ type, parameters }: Range): number {
  if (type === '*/*') return 0;
  return type.endsWith('/*') ? 1 : 2 + parameters.length;
}
