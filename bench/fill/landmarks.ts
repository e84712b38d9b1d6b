/** Known words and tags of a filled newsletter. Rare ones are as frequent in a large archive as in a small one. */

/** The number of issues with the rare word, tag and paper in an archive of any size, spread over all years. */
export const RARE_USES = 25;
/** One issue in this many has the uncommon word. */
export const UNCOMMON_EVERY = 1_000;
export const YEARS = 20;

export const TAGS = { frequent: 'letters', rare: 'lighthouses' } as const;

export const WORDS = {
  inAll: 'journal',
  uncommon: 'glacier',
  rare: 'lighthouse',
  /** A misspelling of the rare word that matches nothing. */
  mistyped: 'lighthuose',
} as const;

/** Whether the issue at this index is one of the few with the rare word. */
export function isRare(index: number, issues: number): boolean {
  const every = Math.floor(issues / RARE_USES);
  return index % every === 0 && index / every < RARE_USES;
}

export function isUncommon(index: number): boolean {
  return index % UNCOMMON_EVERY === UNCOMMON_EVERY / 2;
}
