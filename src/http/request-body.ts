import type { FastifyReply, FastifyRequest, RouteOptions } from 'fastify';
import { z } from 'zod';
import type { ZodOpenApiRequestBodyObject } from 'zod-openapi';
import { DomainError } from '../errors.ts';

type Method = RouteOptions['method'] | undefined;

/** The `body` of a route's schema: JSON, or one schema for each content type. */
const bodySchema = z
  .union([z.instanceof(z.ZodType), z.custom<ZodOpenApiRequestBodyObject>(hasContent)])
  .optional();

function hasContent(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'content' in value;
}

/** Describes the body for the OpenAPI document. Undefined if the operation takes none. */
export function describeBody(method: Method, schema: unknown): ZodOpenApiRequestBodyObject | undefined {
  const body = bodySchema.parse(schema);
  if (body === undefined) return undefined;
  const content = body instanceof z.ZodType ? { 'application/json': { schema: body } } : body.content;
  return mayBeAbsent(method, body) ? { content } : { required: true, content };
}

/** The content types that an operation accepts. */
export function acceptedTypes({ routeOptions }: FastifyRequest): string[] {
  return Object.keys(describeBody(routeOptions.method, routeOptions.schema?.body)?.content ?? {});
}

/**
 * A preParsing hook. Read without decoding, a compressed body would be taken for damaged JSON or stored as it is. RFC 9110,
 * section 12.5.3: Accept-Encoding lists the codings that the server would have accepted.
 */
export async function refuseEncodedBody(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const coding = request.headers['content-encoding'];
  if (coding === undefined || coding.toLowerCase() === 'identity' || acceptedTypes(request).length === 0)
    return;
  reply.header('accept-encoding', 'identity');
  throw new DomainError('unsupported', 'encoded_body', 'The body must be sent without a Content-Encoding.');
}

/** Whether the operation cannot do without a body. */
export function needsBody({ routeOptions: { method, schema } }: FastifyRequest): boolean {
  return schema?.body !== undefined && !mayBeAbsent(method, schema.body);
}

/** A preValidation hook. If no member of a body is required, an absent body counts as an empty object. */
export async function fillInAbsentBody(request: FastifyRequest): Promise<void> {
  const { method, schema } = request.routeOptions;
  if (request.body === undefined && mayBeAbsent(method, schema?.body)) request.body = {};
}

/** A change without a body is a mistake of the client, which would raise the revision. */
function mayBeAbsent(method: Method, body: unknown): boolean {
  return method !== 'PATCH' && body instanceof z.ZodType && body.safeParse({}).success;
}
