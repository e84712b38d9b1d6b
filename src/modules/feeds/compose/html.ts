import { escapeHtml } from '../../../lib/escape-html.ts';

const NAMED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"' };

/** What we and the writer of Markdown escape. */
export function unescapeHtml(html: string): string {
  return html.replace(/&(?:#x([0-9a-f]{1,5})|(amp|lt|gt|quot));/gi, (_, code?: string, name = '') =>
    code === undefined ? (NAMED[name.toLowerCase()] ?? '') : String.fromCodePoint(Number.parseInt(code, 16)),
  );
}

export function linkTo(url: string, words: string): string {
  return `<a href="${escapeHtml(url)}">${escapeHtml(words)}</a>`;
}
