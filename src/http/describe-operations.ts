import type { RouteOptions } from 'fastify';
import { z } from 'zod';
import {
  createDocument,
  type ZodOpenApiObject,
  type ZodOpenApiOperationObject,
  type ZodOpenApiOverride,
  type ZodOpenApiResponsesObject,
} from 'zod-openapi';
import { ifNoneMatch } from './conditional.ts';
import { describeBody } from './request-body.ts';
import { tidyDocument } from './tidy-document.ts';

type Paths = NonNullable<ZodOpenApiObject['paths']>;

/** Builds the OpenAPI document from the schemas of the routes. */
export function describeOperations(
  about: Omit<ZodOpenApiObject, 'paths'>,
  routes: readonly RouteOptions[],
): object {
  const paths: Paths = {};
  for (const route of routes) {
    const path = route.url.replace(/:(\w+)/g, '{$1}');
    const methods = [route.method].flat().map((method) => [method.toLowerCase(), describeOperation(route)]);
    paths[path] = { ...paths[path], ...Object.fromEntries(methods) };
  }
  const document = createDocument({ ...about, paths }, { override: simplifySchema });
  tidyDocument(document);
  return document;
}

const parameters = z.instanceof(z.ZodObject).optional();

const routeSchema = z.looseObject({
  params: parameters,
  querystring: parameters,
  headers: parameters,
  body: z.unknown().optional(),
  // Not copied: a response that many operations share is known by its identity.
  response: z.custom<ZodOpenApiResponsesObject>((value) => typeof value === 'object'),
});

function describeOperation({ method, schema }: RouteOptions): ZodOpenApiOperationObject {
  const { params, querystring, headers, body, response, ...rest } = routeSchema.parse(schema);
  const requestParams: ZodOpenApiOperationObject['requestParams'] = {};
  if (params) requestParams.path = asSent(params);
  if (querystring) requestParams.query = asSent(querystring);
  if (headers) requestParams.header = asSent(headers);
  // Declared here and not in the schemas of the routes, which would validate it in each read of the Content API.
  else if (304 in response) requestParams.header = ifNoneMatch;
  const operation = { ...rest, requestParams, responses: response };
  const requestBody = describeBody(method, body);
  return requestBody ? { ...operation, requestBody } : operation;
}

/** A parameter that Masthead parses into something else says in `sentAs` what the client sends. */
function asSent({ shape }: z.ZodObject): z.ZodObject {
  const sent = Object.entries(shape).map(([name, parsed]) => {
    const { sentAs } = (parsed instanceof z.ZodType ? parsed.meta() : undefined) ?? {};
    return [name, sentAs instanceof z.ZodType ? sentAs : parsed] as const;
  });
  return z.object(Object.fromEntries(sent));
}

const simplifySchema: ZodOpenApiOverride = ({ jsonSchema, zodSchema, io }) => {
  const { def } = zodSchema._zod;
  // Zod leaves out the examples of schemas that transform a part, and takes them for examples of the result.
  const { examples } = z.globalRegistry.get(zodSchema) ?? {};
  if (examples !== undefined && !('$ref' in jsonSchema)) jsonSchema.examples = examples;
  // Zod gives these bounds to every integer; generators of typed clients stumble over them.
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
  // Zod's pattern of a format, such as a UUID, repeats what the format says.
  if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
  // Every name in JSON is a string.
  if (JSON.stringify(jsonSchema.propertyNames) === '{"type":"string"}') delete jsonSchema.propertyNames;
  // Some generated clients refuse a response that has a field they do not know; responses gain fields.
  if (io === 'output' && def.type === 'object' && def.catchall === undefined)
    delete jsonSchema.additionalProperties;
};
