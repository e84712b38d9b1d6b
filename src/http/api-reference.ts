import { readFile } from 'node:fs/promises';
import type { FastifyPluginAsync } from 'fastify';
import { makeStaticAnswer } from './answer-static.ts';
import { readReferenceBundle } from './api-reference-bundle.ts';

const hidden = { schema: { hide: true } };
const SCRIPT = 'text/javascript; charset=utf-8';

const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Masthead API</title>
<link rel="icon" href="data:,">
</head>
<body>
<div id="reference"></div>
<noscript>This page needs JavaScript. The <a href="../openapi.json">OpenAPI document</a> does not.</noscript>
<script src="scalar.js"></script>
<script type="module" src="page.js"></script>
</body>
</html>
`;

/** Serves Scalar's API reference at /docs/. Its links are relative, so that any path prefix works. */
export const apiReference: FastifyPluginAsync<{ publicUrl: string }> = async (app, { publicUrl }) => {
  const headers = {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-cache',
    'content-security-policy': policyOf(publicUrl),
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
  };
  app.get('/docs', hidden, (_request, reply) => reply.redirect('docs/'));
  app.get('/docs/', hidden, (_request, reply) => reply.headers(headers).send(PAGE));
  app.get(
    '/docs/scalar.js',
    hidden,
    makeStaticAnswer(async () => ({ body: await readReferenceBundle(), contentType: SCRIPT })),
  );
  app.get(
    '/docs/page.js',
    hidden,
    makeStaticAnswer(async () => ({ body: await readPageScript(), contentType: SCRIPT })),
  );
};

/** The page holds API keys while somebody tries operations, so it may reach this server and no other. */
function policyOf(publicUrl: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    // Scalar adds its styles as <style> elements.
    "style-src 'unsafe-inline'",
    "img-src 'self' data: blob:",
    // The operations are tried at PUBLIC_URL, which may differ from the address of the page.
    `connect-src 'self' ${new URL(publicUrl).origin}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

function readPageScript(): Promise<string> {
  return readFile(new URL('./api-reference-page.js', import.meta.url), 'utf8');
}
