import { createHash } from 'node:crypto';
import type { FastifyReply } from 'fastify';
import { escapeHtml } from '../lib/escape-html.ts';

const STYLE = `
  body { font: 1.1rem/1.5 system-ui, sans-serif; max-width: 38rem; margin: 4rem auto; padding: 0 1rem; color: #222 }
  h1 { font-size: 1.6rem } h2 { font-size: 1.2rem; margin-top: 2.5rem } a { color: #0b57d0 }
  dt { font-weight: 600; margin-top: 1rem } dd { margin: 0 }
  @media (prefers-color-scheme: dark) { body { background: #16181c; color: #ddd } a { color: #8ab4f8 } }`;
const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${STYLE_HASH}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

type Page = { title: string /** HTML */; body: string; cacheControl: string };

/** Sends a page that needs no other file and runs no script. */
export function sendPage(reply: FastifyReply, { title, body, cacheControl }: Page): FastifyReply {
  return reply
    .headers({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': cacheControl,
      'content-security-policy': POLICY,
      'x-content-type-options': 'nosniff',
    })
    .send(`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
</head>
<body>
${body}
</body>
</html>
`);
}
