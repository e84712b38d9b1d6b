import { escapeHtml } from '../../lib/escape-html.ts';

/**
 * HTML of a headline in which U+0001 and U+0002 stand around what matched, and U+001F parts what is written
 * without spaces.
 */
export function toHighlightedHtml(headline: string): string {
  const text = headline
    .replaceAll('\u001f', '')
    .replaceAll('\u0002\u0001', '')
    .replaceAll(/\s+/g, ' ')
    .trim();
  // Whoever shows it may well put it in single quotes.
  const html = escapeHtml(text).replaceAll("'", '&#39;');
  return html.replaceAll('\u0001', '<mark>').replaceAll('\u0002', '</mark>');
}
