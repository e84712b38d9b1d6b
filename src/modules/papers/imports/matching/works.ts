import type { Traits } from './same-work.ts';

/** Works by what they are known by: of the library, or of what an import makes. */
export type Works = {
  /** Ids by identifier: `keyOf` */
  byIdentifier: Map<string, string>;
  /** By `workKey` */
  byWork: Map<string, Work[]>;
};

export type Work = Traits & { id: string };

export function noWorks(): Works {
  return { byIdentifier: new Map(), byWork: new Map() };
}

export function addWorks(works: Works, { byIdentifier, byWork }: Works): void {
  for (const [key, id] of byIdentifier) works.byIdentifier.set(key, id);
  for (const [key, more] of byWork) works.byWork.set(key, [...(works.byWork.get(key) ?? []), ...more]);
}
