/** The longest part of a title that goes into an anchor. */
const MAX_LENGTH = 60;

/** What keeps the footnotes of the issue's own texts apart from those of its items. */
export const TEXT_ANCHORS = { intro: 'intro', signOff: 'sign-off' } as const;

type Anchored = { id: string; title: string; anchor: string | null };

/**
 * An anchor for each item, by its id: the one that it has, or one from its title that no other item of the
 * issue has.
 */
export function assignAnchors(items: readonly Anchored[]): Map<string, string> {
  const kept = items.flatMap(({ anchor }) => anchor ?? []);
  const taken = new Set([...Object.values(TEXT_ANCHORS), ...kept]);
  const anchors = new Map<string, string>();
  for (const { id, title, anchor } of items) {
    const assigned = anchor ?? firstFree(slugify(title), taken);
    taken.add(assigned);
    anchors.set(id, assigned);
  }
  return anchors;
}

function firstFree(slug: string, taken: ReadonlySet<string>): string {
  for (let count = 1; ; count += 1) {
    const candidate = count === 1 ? slug : `${slug}-${count}`;
    if (!taken.has(candidate)) return candidate;
  }
}

/** Letters and digits of any script; accents are dropped from those that have them. */
function slugify(title: string): string {
  const slug = title
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-');
  return (
    [...slug]
      .slice(0, MAX_LENGTH)
      .join('')
      .replace(/^-+|-+$/g, '') || 'item'
  );
}
