import type { Prisma } from '../../src/database/generated/client.ts';
import type { Role } from '../../src/lib/roles.ts';
import type { Answer, Client, Masthead } from '../support/app.ts';

// biome-ignore lint/suspicious/noExplicitAny: tests read answers as a client without types would.
export type Entry = any;
export type Fields = Record<string, unknown>;

/** A noun of the Admin API: what the contract suite must know to test what all nouns do alike. */
export type Noun = {
  /** As titles name it: 'a person'. */
  name: string;
  plural: string;
  /** The address of one is this and its id. */
  address: string;
  methods: readonly ('get' | 'patch' | 'delete')[];
  /** The lowest roles that may read and write. */
  reader: Role;
  writer: Role;
  /** The tables that a refused write must leave alone; the first has the nouns themselves. */
  tables: readonly string[];
  /** The collection within a parent that has this id. Undefined: it has no parent. */
  within?: (parentId: string) => string;
  /** The address to create in and to list; nouns that have a parent get a new one. */
  openCollection(masthead: Masthead): Promise<string>;
  read(masthead: Masthead, id: string): Promise<Answer>;
  creation?: Creation;
  change?: Change;
  listing?: Listing;
  /** Fields of an issue that uses the one with this id, as its only use. */
  usedBy?: (id: string) => Fields;
  events?: Events;
};

export type Creation = {
  /** A valid input with values other than the defaults. The answer repeats these fields. */
  input(): Fields;
  /** Undefined: JSON is sent. */
  post?: (client: Client, url: string, fields: Fields) => Promise<Answer>;
  /** Whether no member is required, so that a request without a body creates one. */
  mayBeEmpty?: true;
  /** Members that only the answer to the creation has. */
  shownOnce: readonly string[];
  hasLocation: boolean;
  hasEtag: boolean;
};

export type Change = {
  needsIfMatch: boolean;
  /** The revision and its time are members of the noun, not of its issue. */
  isRevised: boolean;
  /** New values of fields, for one that `creation.input` created. */
  patches: Fields;
  /** Values that the schema refuses, at creation and in a patch. */
  wrongTypes: Fields;
  /** Inputs with a text at a JSON pointer, at creation and in a patch. */
  texts: Record<string, (text: string) => Fields>;
};

export type Listing = {
  /** What the list is ordered by, descending. */
  orderedBy: (entry: Entry) => string | number;
  /** Members of the noun that entries of the list lack. */
  omits: readonly string[];
  /** Adds one to the collection. Undefined: it is created there. */
  add?: (masthead: Masthead, collection: string) => Promise<unknown>;
};

export type Events = {
  subjectKind: string;
  /** The event that a verb leaves; `fields` are those that a patch names. */
  describe(verb: 'created' | 'updated' | 'deleted', entry: Entry, fields: readonly string[]): ExpectedEvent;
};

type ExpectedEvent = {
  type: string;
  details: Fields;
  newsletterId: string | null;
};

export type With<K extends keyof Noun> = Noun & Required<Pick<Noun, K>>;

const ANY_REVISION = { 'if-match': '*' };

/** Sends a creation with the default input, of which `fields` replace some. */
export function post(
  noun: With<'creation'>,
  client: Client,
  collection: string,
  fields: Fields = {},
): Promise<Answer> {
  const { creation } = noun;
  const input = { ...creation.input(), ...fields };
  return creation.post?.(client, collection, input) ?? client.post(collection, input, ANY_REVISION);
}

export async function make(masthead: Masthead, noun: With<'creation'>, collection?: string): Promise<Entry> {
  const url = collection ?? (await noun.openCollection(masthead));
  const answer = await post(noun, masthead.as(noun.writer), url);
  if (answer.status !== 201) throw new Error(`${noun.name} was not created: ${JSON.stringify(answer.body)}`);
  return answer.body;
}

export function patch(
  noun: Noun,
  client: Client,
  id: string,
  fields: unknown,
  headers: Record<string, string> = ANY_REVISION,
): Promise<Answer> {
  return client.patch(`${noun.address}/${id}`, fields, headers);
}

export function remove(
  noun: Noun,
  client: Client,
  id: string,
  headers: Record<string, string> = ANY_REVISION,
): Promise<Answer> {
  return client.delete(`${noun.address}/${id}`, headers);
}

/** Everything that a refused write must leave as it was: rows and events. */
export async function readState({ database }: Masthead, { tables }: Noun): Promise<string[]> {
  const queries = tables.map(
    (table) => `SELECT count(*), array_agg(t::text ORDER BY t::text) FROM ${table} t`,
  );
  const { rows } = await database.pool.query<{ state: string }>(
    `SELECT to_json(s)::text AS state FROM (${[...queries, 'SELECT count(*), NULL FROM events'].join(' UNION ALL ')}) s`,
  );
  return rows.map(({ state }) => state);
}

export function eventsOf({ database }: Masthead, where: Prisma.EventWhereInput) {
  return database.prisma.event.findMany({ where, orderBy: { id: 'asc' } });
}
