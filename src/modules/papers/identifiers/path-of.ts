/** What `site` captures of an address, decoded. Null: it is no such address. */
export function pathOf(text: string, site: RegExp): string | null {
  const path = site.exec(text)?.[1];
  try {
    return path === undefined ? null : decodeURIComponent(path);
  } catch {
    return null;
  }
}
