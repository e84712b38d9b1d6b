/**
 * Cache keys say what a response of the Content API shows. A change drops every response that carries one of its keys,
 * on every node and in a CDN (as Surrogate-Key). Which change has which keys: modules/events/stale-keys.ts.
 */
export const cacheKey = {
  /** The newsletter itself. Every response below its address carries it. */
  newsletter: (id: string) => `newsletter:${id}`,
  /** Which issues the newsletter has published, in what order: archive pages, feeds, sitemaps. */
  archive: (newsletterId: string) => `archive:${newsletterId}`,
  /** The live edition of an issue, its neighbours in the archive, and the statuses of its papers. */
  issue: (id: string) => `issue:${id}`,
  /** The paper as the library has it, and which published issues feature it. */
  paper: (id: string) => `paper:${id}`,
  /** The person as the library has them, and which published issues name them. */
  person: (id: string) => `person:${id}`,
} as const;

/** For lists that show any record of a kind. */
export const ANY = { newsletter: 'newsletters', issue: 'issues', paper: 'papers', person: 'people' } as const;

/** A list of what one newsletter has published; null: of what all newsletters have. */
export function keysOfScope(newsletterId: string | null): string[] {
  if (newsletterId === null) return [ANY.issue, ANY.newsletter];
  return [cacheKey.newsletter(newsletterId), cacheKey.archive(newsletterId)];
}
