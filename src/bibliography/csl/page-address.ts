/** Whether the path of a URL says that it is a PDF: `/1.pdf`, `/pdf/1`, `/doi/epdf/1`. */
export function isPdfAddress(url: string): boolean {
  return /\.pdf$|\/e?pdf(?:\/|$)/i.test(URL.parse(url)?.pathname ?? '');
}

/** Whether two URLs differ at most in their scheme, `www.`, fragment and last slash. */
export function isSamePage(one: string, other: string): boolean {
  const page = pageOf(one);
  return page !== null && page === pageOf(other);
}

function pageOf(url: string): string | null {
  const parsed = URL.parse(url);
  if (parsed === null) return null;
  const { host, pathname, search } = parsed;
  return `${host.replace(/^www\./, '')}${pathname}${search}`.replace(/\/$/, '');
}
