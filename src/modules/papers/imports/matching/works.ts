import { MAX_WORKS_PER_KEY } from '../../library/find-known.ts';
import type { Traits } from './same-work.ts';

/** An index of works: those in the database, or those that an import creates */
export type Works = {
  /** Paper ids by `keyOf` of an identifier */
  byIdentifier: Map<string, string>;
  /** Works by `workKey` */
  byWork: Map<string, Work[]>;
};

export type Work = Traits & { id: string };

export function emptyWorks(): Works {
  return { byIdentifier: new Map(), byWork: new Map() };
}

export function addWorks(works: Works, { byIdentifier, byWork }: Works): void {
  for (const [key, id] of byIdentifier) works.byIdentifier.set(key, id);
  for (const [key, more] of byWork) {
    const all = [...(works.byWork.get(key) ?? []), ...more];
    works.byWork.set(key, all.slice(0, MAX_WORKS_PER_KEY));
  }
}
