import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance, RouteOptions } from 'fastify';
import fp from 'fastify-plugin';
import type { ZodOpenApiObject } from 'zod-openapi';
import { VERSION } from '../lib/version.ts';
import { describeOperations } from './describe-operations.ts';

const TAGS = [
  ['Newsletters', 'Publications, each with its language, time zone and section template.'],
  ['People', 'Authors and editors in print.'],
  ['Papers', 'The library of scholarly works, shared by all issues.'],
  ['Media', 'Images, recordings and PDFs, and what is known of them.'],
  ['Issues', 'Numbers of a newsletter, with their tree of sections and items.'],
  ['Sections', 'The ordered parts of an issue.'],
  ['Items', 'The entries of a section.'],
  ['Workflow', 'Readiness, schedule, publication, editions.'],
  ['API keys', 'Who may do what.'],
  ['Events', 'The record of what happened.'],
  ['Content', 'What readers see: published editions only.'],
  ['Health', 'For load balancers and people.'],
] as const;

const DESCRIPTION = `A headless CMS for newsletters that are curated from links, papers and notes.

Two APIs on one server. The **Admin API** under \`/admin/v1\` takes a bearer API key; the **Content API** under
\`/content/v1\` is anonymous and serves published editions only.

All JSON is camelCase, times are RFC 3339 in UTC, ids are UUIDs. Refusals are \`application/problem+json\`
(RFC 9457); where fields are at fault, \`errors\` names every one with a JSON pointer, and nothing was changed.
Lists are \`{ data, page: { next } }\`: send \`page.next\` back as \`cursor\`.`;

/** The document at /openapi.json and its reader at /docs; every file of it is local. Register before routes. */
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
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    uiConfig: {
      docExpansion: 'list',
      persistAuthorization: false,
      tryItOutEnabled: true,
      displayRequestDuration: true,
    },
    // Without the bar that offers to read documents from elsewhere.
    theme: {
      title: 'Masthead API',
      css: [{ filename: 'masthead.css', content: '.swagger-ui .topbar { display: none !important }' }],
    },
  });
  app.get('/openapi.json', { schema: { hide: true } }, () => app.swagger());
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
          description: 'An API key, as POST /admin/v1/api-keys makes one.',
        },
      },
    },
  };
}
