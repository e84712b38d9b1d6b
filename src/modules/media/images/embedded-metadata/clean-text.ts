/** As an editor would have typed it, and as the database takes it. Null: nothing is left. */
export function cleanText(text: string | null | undefined, most: number): string | null {
  const cleaned = (text ?? '')
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    // Control characters but for tabs and line ends; and what turns the direction of the text around it.
    .replace(/(?![\t\n])\p{Cc}|[\u202A-\u202E\u2066-\u2069]/gu, '')
    .trim();
  return cleaned === '' ? null : cut(cleaned, most);
}

/** Null: it is no address of the web. */
export function cleanAddress(text: string | null | undefined): string | null {
  const url = URL.parse(cleanText(text, 2000) ?? '');
  return url !== null && /^https?:$/.test(url.protocol) ? url.href : null;
}

/** Not between the halves of a character. */
function cut(text: string, most: number): string {
  return text
    .slice(0, most)
    .replace(/[\uD800-\uDBFF]$/, '')
    .trimEnd();
}
