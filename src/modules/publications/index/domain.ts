/** RFC 1035, section 2.3.4. */
const MAX_NAME_OCTETS = 253;

/**
 * The host of a URL in lower case and ASCII (https://url.spec.whatwg.org/#host-parsing), without `www.` and without a
 * trailing dot. Null if the URL has no host or its host is an IPv6 address.
 */
export function domainOf(url: string): string | null {
  const host = URL.canParse(url) ? new URL(url).hostname : '';
  const domain = host.replace(/\.$/, '').replace(/^www\.(?=[^.]+\.)/, '');
  const isName = domain !== '' && domain.length <= MAX_NAME_OCTETS && !domain.startsWith('[');
  return isName ? domain : null;
}
