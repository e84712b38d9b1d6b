const ESCAPES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/**
 * HTML of a headline in which U+0001 and U+0002 stand around what matched, and U+001F parts what is written
 * without spaces.
 */
export function toHighlightedHtml(headline: string): string {
  return headline
    .replaceAll('\u001f', '')
    .replaceAll('\u0002\u0001', '')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replaceAll(/[&<>"']/g, (character) => ESCAPES[character] ?? '')
    .replaceAll('\u0001', '<mark>')
    .replaceAll('\u0002', '</mark>');
}
