import { isPdfAddress } from '../csl/page-address.ts';
import { readAddress } from '../text/read-address.ts';
import type { TagReader } from './tag-reader.ts';

type Variables = Record<string, unknown>;

/** The first URL becomes `URL`. Further URLs, and that of the PDF, become links. */
export function readAddresses(reader: TagReader, labelled: Variables): Variables {
  const all = reader.takeAll('UR', 'LK').flatMap((value) => value.split(/(?<![\s;])[\s;]+(?=https?:)/));
  const addresses = all.map(readAddress);
  const [url = null, ...others] = [...new Set(addresses)].filter((address) => address !== null);
  const unread = all.filter((_, index) => addresses[index] === null);
  if (unread.length > 0) reader.putBack('UR', unread.join(' '));
  const further = others.map((other) => ({ label: hostOf(other), url: other, rel: 'other' }));
  return { URL: url, ...addLinks(labelled, [...readPdf(reader, url), ...further]) };
}

function hostOf(address: string): string {
  return new URL(address).hostname.replace(/^www\./, '').slice(0, 100);
}

/** Some programs also write the address of the page into `L1`. */
function readPdf(reader: TagReader, page: string | null): object[] {
  const value = reader.take('L1');
  const url = value === null ? null : readAddress(value);
  if (value !== null && url === null) reader.putBack('L1', value);
  const isPage = url === page && url !== null && !isPdfAddress(url);
  return url === null || isPage ? [] : [{ label: 'PDF', url, rel: 'paper' }];
}

function addLinks({ custom }: Variables, added: readonly object[]): Variables {
  if (added.length === 0) return {};
  const found = { ...(typeof custom === 'object' ? custom : {}) };
  const links = 'links' in found && Array.isArray(found.links) ? found.links : [];
  return { custom: { ...found, links: [...links, ...added] } };
}
