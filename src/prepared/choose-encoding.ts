import type { Encoding } from './prepared-response.ts';

/** Accept-Encoding headers to remember. Few distinct ones occur. */
const MAX_REMEMBERED = 100;
const remembered = new Map<string, Encoding | null>();

/**
 * Content negotiation by RFC 9110, section 12.5.3. Chooses the encoding with the highest weight, and brotli in a tie.
 * Returns null if the client prefers or needs an uncompressed body.
 */
export function chooseEncoding(acceptEncoding: string | undefined): Encoding | null {
  if (acceptEncoding === undefined) return null;
  const known = remembered.get(acceptEncoding);
  if (known !== undefined) return known;
  const chosen = negotiate(acceptEncoding);
  if (remembered.size >= MAX_REMEMBERED) remembered.clear();
  remembered.set(acceptEncoding, chosen);
  return chosen;
}

function negotiate(header: string): Encoding | null {
  const weights = new Map(header.toLowerCase().split(',').map(readWeight));
  const weightOf = (name: string) => weights.get(name) ?? weights.get('*') ?? 0;
  const gzip = Math.max(weightOf('gzip'), weights.get('x-gzip') ?? 0);
  const plain = weights.get('identity') ?? 0;
  const best = Math.max(weightOf('br'), gzip);
  if (best === 0 || plain > best) return null;
  return weightOf('br') === best ? 'br' : 'gzip';
}

function readWeight(coding: string): [string, number] {
  const [name = '', ...parameters] = coding.split(';').map((part) => part.trim());
  const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
  return [name, weight === undefined ? 1 : Number(weight) || 0];
}
