import swagger from '@fastify/swagger';
import type { FastifyInstance, RouteOptions } from 'fastify';
import fp from 'fastify-plugin';
import type { ZodOpenApiObject } from 'zod-openapi';
import { VERSION } from '../lib/version.ts';
import { makeStaticAnswer } from './answer-static.ts';
import { describeOperations } from './describe-operations.ts';

const TAGS = [
  ['Newsletters', 'Newsletters, each with its language, time zone and section template.'],
  ['People', 'People who can be named as authors of issues.'],
  ['Papers', 'The library of papers, which all newsletters share.'],
  ['Media', 'Images, recordings and PDFs, with their metadata.'],
  ['Issues', 'Issues of a newsletter, with their sections and items.'],
  ['Sections', 'The ordered parts of an issue.'],
  ['Items', 'The entries of a section.'],
  ['Workflow', 'Readiness checks, scheduling, publication and editions.'],
  ['API keys', 'API keys and their roles.'],
  ['Events', 'The log of all changes.'],
  ['Content', 'The published content, for websites and readers.'],
  ['Health', 'Health checks for load balancers and operators.'],
] as const;

const DESCRIPTION = `Masthead is a headless CMS for newsletters that are curated from links, papers and notes.

It has two APIs. The **Admin API** under \`/admin/v1\` requires an API key as a bearer token. The **Content API** under
\`/content/v1\` needs no key and serves only published content.

Field names are in camelCase, times are RFC 3339 in UTC, and ids are UUIDs. Errors are \`application/problem+json\`
(RFC 9457). If values in the request are invalid, \`errors\` lists up to 100 of them, each with a JSON pointer, and nothing
is changed. The Content API and media ignore unknown query parameters; the Admin API refuses them. Paginated lists are \`{ data, page: { next } }\`: send \`page.next\` as \`cursor\` to read the next page.`;

/** Serves the OpenAPI document at /openapi.json. Register it before the routes. */
export const openapi = fp(async (app: FastifyInstance, { publicUrl }: { publicUrl: string }) => {
  const routes: RouteOptions[] = [];
  app.addHook('onRoute', (route) => {
    if (route.schema && !route.schema.hide && route.method !== 'HEAD') routes.push(route);
  });
  // It hands out the document but does not build it: it cannot refer to shared parameters and headers.
  await app.register(swagger, {
    openapi: {},
    transform: ({ url }) => ({ schema: { hide: true }, url }),
    transformObject: () => describeOperations(about(publicUrl), routes),
  });
  app.get(
    '/openapi.json',
    { schema: { hide: true } },
    makeStaticAnswer(() => ({ body: JSON.stringify(app.swagger()) })),
  );
});

function about(publicUrl: string): Omit<ZodOpenApiObject, 'paths'> {
  return {
    openapi: '3.1.1',
    info: {
      title: 'Masthead',
      version: VERSION,
      description: DESCRIPTION,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: publicUrl, description: 'This server' }],
    tags: TAGS.map(([name, description]) => ({ name, description })),
    components: {
      securitySchemes: {
        apiKey: {
          type: 'http',
          scheme: 'bearer',
          description: 'An API key. POST /admin/v1/api-keys creates one.',
        },
      },
    },
  };
}
