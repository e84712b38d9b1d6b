import type { FastifyPluginAsync } from 'fastify';
import { escapeHtml } from '../lib/escape-html.ts';

export type NewestIssue = { newsletterSlug: string; newsletterTitle: string; number: number; title: string };

type Options = { findNewestIssue: () => Promise<NewestIssue | null> };

const STYLE = `
  body { font: 1.1rem/1.5 system-ui, sans-serif; max-width: 38rem; margin: 4rem auto; padding: 0 1rem; color: #222 }
  h1 { font-size: 1.6rem } a { color: #0b57d0 } dt { font-weight: 600; margin-top: 1rem } dd { margin: 0 }
  @media (prefers-color-scheme: dark) { body { background: #16181c; color: #ddd } a { color: #8ab4f8 } }`;

/** The page at `/`: it tells a visitor what this server is, and links to the API documentation. */
export const welcomePage: FastifyPluginAsync<Options> = async (app, { findNewestIssue }) => {
  app.get('/', { schema: { hide: true } }, async (_request, reply) => {
    // The rest of the page is useful even if the database does not answer.
    const newest = await findNewestIssue().catch(() => null);
    return reply
      .headers({
        'content-type': 'text/html; charset=utf-8',
        'cache-control': 'no-store',
        'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
        'x-content-type-options': 'nosniff',
      })
      .send(renderPage(newest));
  });
};

function renderPage(newest: NewestIssue | null): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Masthead</title>
<style>${STYLE}</style>
</head>
<body>
<h1>Masthead</h1>
<p>This server runs Masthead, a headless CMS for newsletters. Editors work through the Admin API. Websites and readers get published issues from the Content API.</p>
<dl>
<dt><a href="/docs">API documentation</a></dt>
<dd>Read about every operation and try it out, or get the <a href="/openapi.json">OpenAPI document</a>.</dd>
<dt>Newest published issue</dt>
<dd>${newest ? renderIssue(newest) : 'None yet.'}</dd>
<dt>Health</dt>
<dd>Check <a href="/health/live">the process</a> or <a href="/health/ready">its database connection</a>.</dd>
</dl>
</body>
</html>
`;
}

function renderIssue({ newsletterSlug, newsletterTitle, number, title }: NewestIssue): string {
  const address = `/content/v1/newsletters/${newsletterSlug}/issues/${number}`;
  return `<a href="${address}">${escapeHtml(title)}</a>, issue ${number} of ${escapeHtml(newsletterTitle)}.`;
}
