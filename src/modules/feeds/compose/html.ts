import { escapeHtml } from '../../../lib/escape-html.ts';

export function linkTo(url: string, text: string): string {
  return `<a href="${escapeHtml(url)}">${escapeHtml(text)}</a>`;
}
