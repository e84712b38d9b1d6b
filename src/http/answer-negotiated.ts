import type { IncomingMessage } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { ZodOpenApiResponseObject } from 'zod-openapi';
import { chooseRepresentation } from '../citations/choose-representation.ts';
import { REFERENCE_SCHEMAS } from '../citations/reference-schemas.ts';
import {
  type Choice,
  MEDIA_TYPES,
  REPRESENTATIONS,
  type Representation,
} from '../citations/representations.ts';
import { notFound } from '../errors.ts';
import type { PreparedResponse } from '../prepared/prepared-response.ts';
import type { ResponseCache } from '../prepared/response-cache.ts';
import { hijackAndSend, prepared, sendKept } from './answer-prepared.ts';

/** A query parameter. */
export const formatNamed = z
  .enum(REPRESENTATIONS, { error: `must be one of ${REPRESENTATIONS.join(', ')}` })
  .meta({ id: 'Representation' })
  .optional()
  .meta({ description: 'What is sent, whatever Accept says. Left out: what Accept asks for, else JSON.' });

/**
 * As `answerKept`, in the representation that the query names, or else Accept. What is negotiated is kept as JSON
 * under its address, where the door finds it, and as anything else under one that no request can have.
 */
export async function answerNegotiated(
  cache: ResponseCache,
  request: FastifyRequest,
  reply: FastifyReply,
  noun: string,
  named: Representation | undefined,
  read: (choice: Choice) => Promise<PreparedResponse | null>,
): Promise<FastifyReply> {
  const { raw } = request;
  const choice = named === undefined ? negotiate(raw) : describe(named);
  const isOther = choice.isNegotiated && choice.representation !== 'json';
  const address = isOther ? `${raw.url} ${choice.representation}` : (raw.url ?? '');
  const kept = cache.find(address);
  if (kept !== null) {
    sendKept(cache, address, raw, reply.hijack().raw, kept);
    return reply;
  }
  const response = await cache.read(address, () => read(choice));
  if (!response) throw notFound(noun);
  return hijackAndSend(request, reply, response);
}

function negotiate({ headers }: IncomingMessage): Choice {
  const representation = chooseRepresentation(headers.accept);
  const { type, style } = MEDIA_TYPES[representation];
  const named = style === undefined ? type : `${type}; style=${style}`;
  return { representation, contentType: `${named}; charset=utf-8`, isNegotiated: true };
}

/** Who follows a link to a formatted reference shall see it: browsers save what is no plain text. */
function describe(representation: Representation): Choice {
  const { type, style } = MEDIA_TYPES[representation];
  const shown = style === undefined ? type : 'text/plain';
  return { representation, contentType: `${shown}; charset=utf-8`, isNegotiated: false };
}

/** For the OpenAPI document: as `prepared`, with what `json` is here. */
export function negotiated(schema: z.ZodType, description: string): Record<number, ZodOpenApiResponseObject> {
  const described = prepared(schema, description);
  const others = Object.entries(REFERENCE_SCHEMAS).map(([type, schema]) => [type, { schema }] as const);
  const content = { ...described[200]?.content, ...Object.fromEntries(others) };
  return { ...described, 200: { ...described[200], description, content } };
}
