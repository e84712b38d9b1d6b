import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { ZodOpenApiResponseObject } from 'zod-openapi';
import { notFound } from '../errors.ts';
import { chooseOffer, type Offer, type Offers } from '../prepared/choose-offer.ts';
import { type KeyedBody, prepareResponse } from '../prepared/prepared-response.ts';
import type { ResponseCache } from '../prepared/response-cache.ts';
import { hijackAndSend, prepared, sendKept } from './answer-prepared.ts';

export type Negotiation<Name extends string> = {
  /** For the 404. */
  noun: string;
  /** The default must be JSON. */
  offers: Offers<Name>;
  /** By the query parameter. */
  named: Name | undefined;
  /** Null: there is no such `noun`. */
  read: (name: Name) => Promise<KeyedBody | null>;
};

/**
 * Like `answerKept`, in the offer that the query names, or else the one that Accept chooses. The default offer is kept
 * under its address, where `answerFromCache` finds it. An offer that Accept chose instead is kept under an address that
 * no request can have.
 */
export async function answerNegotiated<Name extends string>(
  cache: ResponseCache,
  request: FastifyRequest,
  reply: FastifyReply,
  { noun, offers, named, read }: Negotiation<Name>,
): Promise<FastifyReply> {
  const { raw } = request;
  const url = raw.url ?? '';
  const chosen = named === undefined ? chooseOffer(raw.headers.accept, offers) : null;
  const address = chosen === null || chosen === offers[0] ? url : `${url} ${chosen.name}`;
  const kept = cache.find(address);
  if (kept !== null) {
    sendKept(cache, address, raw, reply.hijack().raw, kept);
    return reply;
  }
  const offer = chosen ?? offers.find(({ name }) => name === named) ?? offers[0];
  const contentType = chosen === null ? contentTypeOfLink(offer) : contentTypeOf(offer);
  const response = await cache.read(address, async () => {
    const content = await read(offer.name);
    return content && prepareResponse({ ...content, contentType, offers: chosen && offers });
  });
  if (!response) throw notFound(noun);
  return hijackAndSend(request, reply, response);
}

function contentTypeOf({ type, parameters = {} }: Offer): string {
  const named = Object.entries(parameters).map(([name, value]) => `; ${name}=${value}`);
  return `${type}${named.join('')}; charset=utf-8`;
}

function contentTypeOfLink({ type, linkedType = type }: Offer): string {
  return `${linkedType}; charset=utf-8`;
}

/** For the OpenAPI document: like `prepared`, with the schemas of the other offers by their media types. */
export function negotiated(
  schema: z.ZodType,
  description: string,
  others: Readonly<Record<string, z.ZodType>>,
): Record<number, ZodOpenApiResponseObject> {
  const described = prepared(schema, description);
  const schemas = Object.entries(others).map(([type, schema]) => [type, { schema }] as const);
  const content = { ...described[200]?.content, ...Object.fromEntries(schemas) };
  return { ...described, 200: { ...described[200], description, content } };
}
