/** Removes characters that PostgreSQL or an editor would not accept, and truncates. Returns null if nothing is left. */
export function cleanText(text: string | null | undefined, maxLength: number): string | null {
  const cleaned = (text ?? '')
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    // Control characters except tabs and line ends, and bidirectional formatting characters.
    .replace(/(?![\t\n])\p{Cc}|[\u202A-\u202E\u2066-\u2069]/gu, '')
    .trim();
  return cleaned === '' ? null : truncate(cleaned, maxLength);
}

/** Returns null if the text is not an http or https URL. */
export function cleanUrl(text: string | null | undefined): string | null {
  const url = URL.parse(cleanText(text, 2000) ?? '');
  return url !== null && /^https?:$/.test(url.protocol) ? url.href : null;
}

/** Does not split a surrogate pair. */
function truncate(text: string, maxLength: number): string {
  return text
    .slice(0, maxLength)
    .replace(/[\uD800-\uDBFF]$/, '')
    .trimEnd();
}
