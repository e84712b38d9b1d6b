/** Octets of a name at most: RFC 1035, 2.3.4. */
const MAX_LENGTH = 253;

/**
 * The host of a web address, by which its uses are found: in lower case and ASCII, as browsers have it
 * (https://url.spec.whatwg.org/#host-parsing), without `www.` and the dot of the root. Null: it has none, or a
 * number in brackets.
 */
export function domainOf(url: string): string | null {
  const host = URL.canParse(url) ? new URL(url).hostname : '';
  const domain = host.replace(/\.$/, '').replace(/^www\.(?=[^.]+\.)/, '');
  const isName = domain !== '' && domain.length <= MAX_LENGTH && !domain.startsWith('[');
  return isName ? domain : null;
}
