import type { FastifyInstance, FastifyRequest } from 'fastify';

declare module 'fastify' {
  interface FastifyInstance {
    /** Path of PUBLIC_URL, without a trailing slash. A proxy in front removes it from every request. */
    publicPath: string;
  }
}

/** Lets `publicAddress` work in the app and in every plugin that is registered after it. */
export function decoratePublicPath(app: FastifyInstance, publicUrl: string): void {
  app.decorate('publicPath', new URL(publicUrl).pathname.replace(/\/+$/, ''));
}

/** The address for clients, in Location and Link, of a path of this server. */
export function publicAddress({ server }: Pick<FastifyRequest, 'server'>, path: string): string {
  return `${server.publicPath}${path}`;
}

/**
 * Path and query of a request, without the parameters that its route ignores. The other parameters keep their order and
 * spelling, so the address of a request without ignored parameters is its URL. The host in the URL of a request to a
 * proxy (RFC 9112, section 3.2.2) is left out: the client chose it.
 */
export function canonicalAddress({ raw, routeOptions }: FastifyRequest): string {
  const address = pathAndQueryOf(raw.url ?? '/');
  const { parameters } = routeOptions.config;
  // The router ends the path at a number sign, too, although no request target may have one.
  const end = address.search(/[?#]/);
  if (end === -1 || parameters === undefined) return address;
  const kept = address
    .slice(end + 1)
    .split('&')
    .filter((parameter) => parameters.has(nameOf(parameter)));
  return kept.length === 0 ? address.slice(0, end) : `${address.slice(0, end)}?${kept.join('&')}`;
}

function pathAndQueryOf(url: string): string {
  if (url.startsWith('/')) return url;
  const address = url.replace(/^https?:\/\/[^/?]*/i, '');
  return address.startsWith('/') ? address : `/${address}`;
}

/** A name may be percent-encoded, as in `%74ag=vision`. */
function nameOf(parameter: string): string {
  const [written = ''] = parameter.split('=', 1);
  if (!/[%+]/.test(written)) return written;
  const [name = ''] = new URLSearchParams(written).keys();
  return name;
}
