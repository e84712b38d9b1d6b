/** Leaves out links to an address that an earlier link or `listed` has already. */
export function listOnce<T extends { url: string }>(
  links: readonly T[],
  listed: readonly string[] = [],
): T[] {
  const known = new Set(listed.map(keyOfAddress));
  return links.filter(({ url }) => {
    const key = keyOfAddress(url);
    const isNew = !known.has(key);
    known.add(key);
    return isNew;
  });
}

/** Equal for the usual spellings of one address. The fragment counts, because an editor may link to a part of a page. */
function keyOfAddress(text: string): string {
  const url = URL.parse(text);
  if (url === null) return text;
  const host = url.host.replace(/^(?:www|dx)\./, '');
  const path = url.pathname.replace(/\/$/, '');
  // DOIs are case-insensitive.
  return `${host}${host === 'doi.org' ? path.toLowerCase() : path}${url.search}${url.hash}`;
}
