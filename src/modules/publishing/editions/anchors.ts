/** Characters of the title that go into an anchor. */
const MAX_ANCHOR_CHARACTERS = 60;

/** Prefixes of the footnote ids in the issue's own texts. Items use their anchor. */
export const TEXT_ANCHORS = { intro: 'intro', signOff: 'sign-off' } as const;

type Anchored = { id: string; title: string; anchor: string | null };

/** Anchors by item id. An item without an anchor gets one from its title that is unique in the issue. */
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

/** Keeps letters and digits of every script, without accents. */
function slugify(title: string): string {
  const slug = title
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-');
  return (
    [...slug]
      .slice(0, MAX_ANCHOR_CHARACTERS)
      .join('')
      .replace(/^-+|-+$/g, '') || 'item'
  );
}
