import { escapeHtml } from '../../../lib/escape-html.ts';

const NAMED_REFERENCES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"' };

/** Decodes the character references that escapeHtml and the Markdown renderer write, and no others. */
export function unescapeHtml(html: string): string {
  return html.replace(/&(?:#x([0-9a-f]{1,5})|(amp|lt|gt|quot));/gi, (_, code?: string, name = '') =>
    code === undefined
      ? (NAMED_REFERENCES[name.toLowerCase()] ?? '')
      : String.fromCodePoint(Number.parseInt(code, 16)),
  );
}

export function linkTo(url: string, text: string): string {
  return `<a href="${escapeHtml(url)}">${escapeHtml(text)}</a>`;
}
