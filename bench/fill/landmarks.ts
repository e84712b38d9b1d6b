/** What a filled newsletter is found by. Some of it is there as often in the largest archive as in the smallest. */

/** Times that what is rare stands in an archive of any size, spread over all of its years. */
export const RARE_USES = 25;
/** One issue in so many has the uncommon word. */
export const UNCOMMON_EVERY = 1_000;
export const YEARS = 20;

export const TAGS = { frequent: 'letters', rare: 'lighthouses' } as const;

export const WORDS = {
  inAll: 'journal',
  uncommon: 'glacier',
  rare: 'lighthouse',
  /** Nothing matches it; the rare word is meant. */
  mistyped: 'lighthuose',
} as const;

/** Whether the issue at this place, from 0, is one of those few. */
export function isRare(index: number, issues: number): boolean {
  const every = Math.floor(issues / RARE_USES);
  return index % every === 0 && index / every < RARE_USES;
}

export function isUncommon(index: number): boolean {
  return index % UNCOMMON_EVERY === UNCOMMON_EVERY / 2;
}
