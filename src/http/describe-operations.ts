import type { RouteOptions } from 'fastify';
import { z } from 'zod';
import {
  createDocument,
  type ZodOpenApiObject,
  type ZodOpenApiOperationObject,
  type ZodOpenApiOverride,
  type ZodOpenApiRequestBodyObject,
  type ZodOpenApiResponsesObject,
} from 'zod-openapi';
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
  body: z.union([z.instanceof(z.ZodType), z.custom<ZodOpenApiRequestBodyObject>(hasContent)]).optional(),
  // Not copied: a response that many operations share is known by its identity.
  response: z.custom<ZodOpenApiResponsesObject>((value) => typeof value === 'object'),
});

function hasContent(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'content' in value;
}

function describeOperation({ schema }: RouteOptions): ZodOpenApiOperationObject {
  const { params, querystring, headers, body, response, ...rest } = routeSchema.parse(schema);
  const requestParams: ZodOpenApiOperationObject['requestParams'] = {};
  if (params) requestParams.path = asSent(params);
  if (querystring) requestParams.query = asSent(querystring);
  if (headers) requestParams.header = asSent(headers);
  const operation = { ...rest, requestParams, responses: response };
  return body ? { ...operation, requestBody: describeBody(body) } : operation;
}

/** A parameter that Masthead parses into something else says in `sentAs` what the client sends. */
function asSent({ shape }: z.ZodObject): z.ZodObject {
  const sent = Object.entries(shape).map(([name, parsed]) => {
    const { sentAs } = (parsed instanceof z.ZodType ? parsed.meta() : undefined) ?? {};
    return [name, sentAs instanceof z.ZodType ? sentAs : parsed] as const;
  });
  return z.object(Object.fromEntries(sent));
}

function describeBody(body: z.ZodType | ZodOpenApiRequestBodyObject): ZodOpenApiRequestBodyObject {
  const content = body instanceof z.ZodType ? { 'application/json': { schema: body } } : body.content;
  return { required: true, content };
}

const simplifySchema: ZodOpenApiOverride = ({ jsonSchema, zodSchema, io }) => {
  const { def } = zodSchema._zod;
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
