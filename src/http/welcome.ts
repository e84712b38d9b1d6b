import type { FastifyPluginAsync } from 'fastify';
import { escapeHtml } from '../lib/escape-html.ts';
import { sendPage } from './html-page.ts';

export type NewestIssue = { newsletterSlug: string; newsletterTitle: string; number: number; title: string };

type Options = { findNewestIssue: () => Promise<NewestIssue | null> };

/** The page at `/`: it tells a visitor what this server is, and links to the API documentation. */
export const welcomePage: FastifyPluginAsync<Options> = async (app, { findNewestIssue }) => {
  app.get('/', { schema: { hide: true } }, async (_request, reply) => {
    // The rest of the page is useful even if the database does not answer.
    const newest = await findNewestIssue().catch(() => null);
    const body = renderBody(newest, app.publicPath);
    return sendPage(reply, { title: 'Masthead', body, cacheControl: 'no-store' });
  });
};

/** `publicPath` is the path of PUBLIC_URL, which a proxy in front removes from requests. */
function renderBody(newest: NewestIssue | null, publicPath: string): string {
  const base = escapeHtml(publicPath);
  return `<h1>Masthead</h1>
<p>This server runs Masthead, a headless CMS for newsletters. Editors work through the Admin API. Websites and readers get published issues from the Content API.</p>
<dl>
<dt><a href="${base}/docs">API documentation</a></dt>
<dd>Read about every operation and try it out, or get the <a href="${base}/openapi.json">OpenAPI document</a>.</dd>
<dt><a href="${base}/problems">Problems</a></dt>
<dd>What each problem means, and what to do about it.</dd>
<dt>Newest published issue</dt>
<dd>${newest ? renderIssue(newest, base) : 'None yet.'}</dd>
<dt>Health</dt>
<dd>Check <a href="${base}/health/live">the process</a> or <a href="${base}/health/ready">its database connection</a>.</dd>
</dl>`;
}

function renderIssue({ newsletterSlug, newsletterTitle, number, title }: NewestIssue, base: string): string {
  const address = `${base}/content/v1/newsletters/${newsletterSlug}/issues/${number}`;
  return `<a href="${address}">${escapeHtml(title)}</a>, issue ${number} of ${escapeHtml(newsletterTitle)}.`;
}
