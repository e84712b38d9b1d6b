/** Characters of the title that go into an anchor. */
const MAX_ANCHOR_CHARACTERS = 60;

/** Prefixes of the footnote ids in the issue's own texts. Items use their anchor. */
export const TEXT_ANCHORS = { intro: 'intro', signOff: 'sign-off' } as const;

type Anchored = { id: string; title: string; anchor: string | null };

/** Anchors by item id. An item without an anchor gets one from its title that is unique in the issue. */
export function assignAnchors(items: readonly Anchored[]): Map<string, string> {
  const kept = items.flatMap(({ anchor }) => anchor ?? []);
  // An anchor from before anchors were in NFC looks the same as its composed form.
  const taken = new Set([...Object.values(TEXT_ANCHORS), ...kept.map((anchor) => anchor.normalize('NFC'))]);
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

/**
 * Keeps letters, marks and digits of every script, in NFC. A mark that follows no letter, as behind an emoji, is dropped,
 * and so is U+200D, which joins letters without being seen.
 */
function slugify(title: string): string {
  const slug = title
    .replaceAll('\u200D', '')
    .normalize('NFD')
    .replaceAll(LATIN_OR_DIGIT, (letter) => letter.normalize('NFKD').replaceAll(/\p{M}/gu, ''))
    .normalize('NFC')
    .toLowerCase()
    .replaceAll(/(?<![\p{L}\p{M}\p{N}])\p{M}+|[^\p{L}\p{M}\p{N}]+/gu, '-');
  return truncate(slug).replaceAll(/^-+|-+$/g, '') || 'item';
}

/** In other scripts a mark can be a vowel or make another letter. */
const LATIN_OR_DIGIT = /[\p{Script=Latin}\p{N}]\p{M}*/gu;

/** Does not cut a letter from its marks. */
function truncate(slug: string): string {
  const characters = [...slug];
  const kept = characters.slice(0, MAX_ANCHOR_CHARACTERS).join('');
  const isCut = /^\p{M}$/u.test(characters[MAX_ANCHOR_CHARACTERS] ?? '');
  return isCut ? kept.replace(/[^\p{M}]\p{M}*$/u, '') : kept;
}
