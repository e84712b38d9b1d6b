import type { FastifyPluginAsync } from 'fastify';
import { z } from 'zod';
import { notFound } from '../errors.ts';
import { escapeHtml } from '../lib/escape-html.ts';
import {
  FAULTS,
  PROBLEM_CODES,
  PROBLEMS,
  type ProblemCode,
  problemCodesOf,
  slugOfProblem,
  statusesOfProblems,
  TITLES,
} from '../problems/catalogue.ts';
import { sendPage } from './html-page.ts';

/** A release may change the text of a page. */
const CACHE_CONTROL = 'public, max-age=3600';
const CODE_BY_SLUG = new Map(PROBLEM_CODES.map((code) => [slugOfProblem(code), code]));

const pageParams = z.object({ slug: z.string() });

/** The pages to which the `type` of a problem leads. Their links are relative, so that any path prefix works. */
export const problemPages: FastifyPluginAsync = async (app) => {
  app.get('/problems', { schema: { hide: true } }, (_request, reply) =>
    sendPage(reply, { title: 'Problems', body: renderList(), cacheControl: CACHE_CONTROL }),
  );
  app.get('/problems/:slug', { schema: { hide: true } }, (request, reply) => {
    const code = CODE_BY_SLUG.get(pageParams.parse(request.params).slug);
    if (code === undefined) throw notFound('problem type');
    return sendPage(reply, { title: code, body: renderProblem(code), cacheControl: CACHE_CONTROL });
  });
};

function renderProblem(code: ProblemCode): string {
  const { status, meaning, remedy } = PROBLEMS[code];
  return `<h1><code>${code}</code></h1>
<dl>
<dt>HTTP status</dt>
<dd>${status} ${TITLES[status]}</dd>
<dt>Meaning</dt>
<dd>${renderText(meaning)}</dd>
<dt>What to do</dt>
<dd>${renderText(remedy)}</dd>
</dl>
<p><a href="../problems">All problems</a>, and <a href="../problems#faults">the codes in <code>errors</code></a></p>`;
}

function renderList(): string {
  const sections = statusesOfProblems().map((status) => {
    const links = problemCodesOf(status).map(
      (code) => `<dt><a href="problems/${slugOfProblem(code)}"><code>${code}</code></a></dt>
<dd>${renderText(PROBLEMS[code].meaning)}</dd>`,
    );
    return `<h2>${status} ${TITLES[status]}</h2>\n<dl>\n${links.join('\n')}\n</dl>`;
  });
  const faults = Object.entries(FAULTS).map(
    ([code, { meaning, remedy }]) => `<dt><code>${code}</code></dt>
<dd>${renderText(meaning)} ${renderText(remedy)}</dd>`,
  );
  return `<h1>Problems</h1>
<p>Every error response is <code>application/problem+json</code> (RFC 9457). Its <code>code</code> names the problem.</p>
${sections.join('\n')}
<h2 id="faults">Codes in <code>errors</code></h2>
<p>Each entry of <code>errors</code> describes one fault. Its <code>pointer</code> names the value.</p>
<dl>
${faults.join('\n')}
</dl>`;
}

/** Backticks of the catalogue mark code. */
function renderText(text: string): string {
  return escapeHtml(text).replaceAll(/`([^`]*)`/g, '<code>$1</code>');
}
