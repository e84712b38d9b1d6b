/** Returns the first capture of `site` in the URL, percent-decoded, or null if `site` does not match. */
export function pathOf(text: string, site: RegExp): string | null {
  const path = site.exec(text)?.[1];
  try {
    return path === undefined ? null : decodeURIComponent(path);
  } catch {
    return null;
  }
}
