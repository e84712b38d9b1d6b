import type { Masthead } from '../support/app.ts';
import type { Entry, Events, Fields } from './noun.ts';

/** A creation in JSON of a noun that has a revision. */
export const JSON_CREATION = { shownOnce: [], hasLocation: true, hasEtag: true };
export const OPTIONAL_IF_MATCH = { needsIfMatch: false, isRevised: true };

export const text = (field: string) => (value: string) => ({ [field]: value });
export const byId = ({ id }: Entry) => id;

/** What nouns at the top of the Admin API have in common. */
export function topLevel(path: string) {
  const address = `/admin/v1/${path}`;
  return {
    address,
    openCollection: async () => address,
    read: (masthead: Masthead, id: string) => masthead.as('viewer').get(`${address}/${id}`),
  };
}

/** Events `<kind>.created`, `.updated` and `.deleted`, which have the member of the noun in their details. */
export function ownEvents(kind: string, detail: (entry: Entry) => Fields): Events {
  return {
    subjectKind: kind,
    describe: (verb, entry, fields) => ({
      type: `${kind}.${verb}`,
      details: { ...detail(entry), ...(verb === 'updated' ? { fields } : {}) },
      newsletterId: kind === 'newsletter' ? entry.id : null,
    }),
  };
}
