import type { FastifyPluginAsync } from 'fastify';
import { escapeHtml } from '../lib/escape-html.ts';
import { sendPage } from './html-page.ts';

export type NewestIssue = { newsletterSlug: string; newsletterTitle: string; number: number; title: string };

type Options = { findNewestIssue: () => Promise<NewestIssue | null> };

/** For somebody who opens the address in a browser: what runs here, and where to go on. */
export const welcomePage: FastifyPluginAsync<Options> = async (app, { findNewestIssue }) => {
  app.get('/', { schema: { hide: true } }, async (_request, reply) => {
    // The page is of use without its last link, while the database is away.
    const newest = await findNewestIssue().catch(() => null);
    return sendPage(reply, { title: 'Masthead', body: renderBody(newest), cacheControl: 'no-store' });
  });
};

function renderBody(newest: NewestIssue | null): string {
  return `<h1>Masthead</h1>
<p>A headless CMS for newsletters runs here. Editors write through the Admin API; everybody reads published issues through the Content API.</p>
<dl>
<dt><a href="/docs">API documentation</a></dt>
<dd>Every operation, to read and to try; also as an <a href="/openapi.json">OpenAPI document</a>.</dd>
<dt><a href="/problems">Problems</a></dt>
<dd>What each refusal means, and what to do.</dd>
<dt>Newest published issue</dt>
<dd>${newest ? renderIssue(newest) : 'None yet.'}</dd>
<dt>Health</dt>
<dd><a href="/health/live">The process</a> and <a href="/health/ready">its database</a>.</dd>
</dl>`;
}

function renderIssue({ newsletterSlug, newsletterTitle, number, title }: NewestIssue): string {
  const address = `/content/v1/newsletters/${newsletterSlug}/issues/${number}`;
  return `<a href="${address}">${escapeHtml(title)}</a>, number ${number} of ${escapeHtml(newsletterTitle)}.`;
}
