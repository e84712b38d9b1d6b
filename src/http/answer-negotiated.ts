import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { ZodOpenApiResponseObject } from 'zod-openapi';
import { chooseOffer, type Offer, type Offers } from '../prepared/choose-offer.ts';
import { type KeyedBody, prepareResponse } from '../prepared/prepared-response.ts';
import type { ResponseCache } from '../prepared/response-cache.ts';
import { answerAt, prepared } from './answer-prepared.ts';
import { canonicalAddress } from './request-address.ts';

export type Negotiation<Name extends string> = {
  /** What the 404 says does not exist. */
  noun: string;
  /** The default must be JSON. */
  offers: Offers<Name>;
  /** The offer that the query selects. */
  named: Name | undefined;
  /** Resolves with null if there is no such `noun`. */
  read: (name: Name) => Promise<KeyedBody | null>;
};

/**
 * Like `answerCached`, in the offer that the query selects or, without one, the offer that Accept selects. The default
 * offer is cached under the canonical address of the request, where `answerFromCache` finds it. Another offer that Accept
 * selects is cached under an address with a space, which no request can have.
 */
export function answerNegotiated<Name extends string>(
  cache: ResponseCache,
  request: FastifyRequest,
  reply: FastifyReply,
  { noun, offers, named, read }: Negotiation<Name>,
): Promise<FastifyReply> {
  const url = canonicalAddress(request);
  const chosen = named === undefined ? chooseOffer(request.headers.accept, offers) : null;
  const address = chosen === null || chosen === offers[0] ? url : `${url} ${chosen.name}`;
  const offer = chosen ?? offers.find(({ name }) => name === named) ?? offers[0];
  const contentType = chosen === null ? contentTypeOfLink(offer) : contentTypeOf(offer);
  return answerAt(address, cache, request, reply, noun, async () => {
    const content = await read(offer.name);
    return content && prepareResponse({ ...content, contentType, offers: chosen && offers });
  });
}

function contentTypeOf({ type, parameters = {} }: Offer): string {
  const named = Object.entries(parameters).map(([name, value]) => `; ${name}=${value}`);
  return `${type}${named.join('')}; charset=utf-8`;
}

function contentTypeOfLink({ type, linkedType = type }: Offer): string {
  return `${linkedType}; charset=utf-8`;
}

/** Describes the responses like `prepared`, with the schemas of the other offers by media type. */
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
