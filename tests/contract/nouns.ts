import { editions, events, issues, items, sections } from './issue-nouns.ts';
import { newsletters, papers, people } from './library-nouns.ts';
import type { Noun, With } from './noun.ts';
import { apiKeys, imports, media } from './other-nouns.ts';

/** Add a noun here, and the contract suite tests it. */
const NOUNS: readonly Noun[] = [
  newsletters,
  people,
  papers,
  media,
  issues,
  sections,
  items,
  apiKeys,
  imports,
  editions,
  events,
];

/** The nouns that have all these parts. */
export function nounsWith<K extends keyof Noun>(...parts: K[]): With<K>[] {
  return NOUNS.filter((noun): noun is With<K> => parts.every((part) => noun[part] !== undefined));
}

export function nounsThatTake(method: Noun['methods'][number]): Noun[] {
  return NOUNS.filter(({ methods }) => methods.includes(method));
}
