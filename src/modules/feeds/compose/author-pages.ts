type Link = { label: string; url: string };

/** Registries whose pages identify one person. */
const IDENTITY_HOST =
  /^(?:(?:www\.)?(?:orcid\.org|wikidata\.org|isni\.org|viaf\.org|d-nb\.info)|id\.loc\.gov|[a-z-]+\.wikipedia\.org)$/;

/** Labels that say that a page is the person's own site, whatever its address. */
const HOME_LABEL = /^(?:(?:personal |own )?(?:web ?|home ?)?(?:site|page)|home|web)$/i;

/**
 * The pages that identify the person: their own site first, then pages of registries such as ORCID. Other links, such as
 * an interview or a social network, do not.
 */
export function identityPagesOf(links: readonly Link[]): string[] {
  const homes = links.filter(isHome);
  const identities = links.filter((link) => !isHome(link) && isIdentity(link));
  return [...homes, ...identities].map(({ url }) => url);
}

/** A whole host, a home directory such as `/~ada`, or what the label calls a home page. */
function isHome({ label, url }: Link): boolean {
  const address = URL.parse(url);
  if (address === null) return false;
  const { hostname, pathname, search } = address;
  const isWholeHost = pathname === '/' && search === '' && !IDENTITY_HOST.test(hostname);
  return isWholeHost || /^\/~[^/]+\/?$/.test(pathname) || HOME_LABEL.test(label.trim());
}

function isIdentity({ url }: Link): boolean {
  const address = URL.parse(url);
  return address !== null && address.pathname !== '/' && IDENTITY_HOST.test(address.hostname);
}
