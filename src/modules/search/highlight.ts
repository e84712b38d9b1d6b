import { escapeHtml } from '../../lib/escape-html.ts';

/**
 * Converts the output of `ts_headline` to HTML. U+0001 and U+0002 surround each match. U+001F separates words, as in
 * scripts written without spaces. The letters that the database function encode_signs wrote become signs again.
 */
export function toHighlightedHtml(headline: string): string {
  const text = headline
    .replaceAll('\u001f', '')
    .replaceAll('ƻƾ', '+')
    .replaceAll('ƻƪ', '#')
    .replaceAll('\u0002\u0001', '')
    .replaceAll(/\s+/g, ' ')
    .trim();
  // A client may place the HTML in a single-quoted attribute.
  const html = escapeHtml(text).replaceAll("'", '&#39;');
  return html.replaceAll('\u0001', '<mark>').replaceAll('\u0002', '</mark>');
}
