/**
 * A cache key names a record that a response of the Content API shows. A change invalidates every response with one of
 * its keys, on every node and, by the Surrogate-Key header, in a CDN. modules/events/stale-keys.ts lists the keys of
 * each change.
 */
export const cacheKey = {
  /** The newsletter itself. Every response under its path has this key. */
  newsletter: (id: string) => `newsletter:${id}`,
  /** The list of the newsletter's published issues: archive pages, feeds, sitemaps. */
  archive: (newsletterId: string) => `archive:${newsletterId}`,
  /** The live edition of an issue, its neighbours in the archive, and the statuses of its papers. */
  issue: (id: string) => `issue:${id}`,
  /** The paper, and the published issues that feature it. */
  paper: (id: string) => `paper:${id}`,
  /** The person, and the published issues that name them. */
  person: (id: string) => `person:${id}`,
} as const;

/** Keys of lists that may show any record of a kind. */
export const ANY = { newsletter: 'newsletters', issue: 'issues', paper: 'papers', person: 'people' } as const;

/** Keys of a list of published content, of one newsletter or, with null, of all. */
export function keysOfScope(newsletterId: string | null): string[] {
  if (newsletterId === null) return [ANY.issue, ANY.newsletter];
  return [cacheKey.newsletter(newsletterId), cacheKey.archive(newsletterId)];
}
