import { isPdfAddress } from '../csl/page-address.ts';
import { readAddress } from '../text/read-address.ts';
import type { TagReader } from './tag-reader.ts';

type Variables = Record<string, unknown>;

/** The first URL becomes `URL`. Further URLs, and that of the PDF, become links. */
export function readAddresses(reader: TagReader, labelled: Variables): Variables {
  const addresses = ['UR', 'LK'].flatMap((tag) => takeAddresses(reader, tag));
  const [url = null, ...others] = [...new Set(addresses)];
  const further = others.map((other) => ({ label: hostOf(other), url: other, rel: 'other' }));
  return { URL: url, ...addLinks(labelled, [...readPdf(reader, url), ...further]) };
}

/** Texts that are no URL stay unread. */
function takeAddresses(reader: TagReader, tag: string): string[] {
  const all = reader.takeAll(tag).flatMap((value) => value.split(/(?<![\s;])[\s;]+(?=https?:)/));
  const addresses = all.map(readAddress);
  const unread = all.filter((_, index) => addresses[index] === null);
  if (unread.length > 0) reader.putBack(tag, unread.join(' '));
  return [...new Set(addresses)].filter((address) => address !== null);
}

function hostOf(address: string): string {
  return new URL(address).hostname.replace(/^www\./, '').slice(0, 100);
}

/** Some programs also write the address of the page into `L1`, or where the PDF is on their computer. */
function readPdf(reader: TagReader, page: string | null): object[] {
  const [url, ...others] = takeAddresses(reader, 'L1').filter((each) => each !== page || isPdfAddress(each));
  if (others.length > 0) reader.putBack('L1', others.join(' '));
  return url === undefined ? [] : [{ label: 'PDF', url, rel: 'paper' }];
}

function addLinks({ custom }: Variables, added: readonly object[]): Variables {
  if (added.length === 0) return {};
  const found = { ...(typeof custom === 'object' ? custom : {}) };
  const links = 'links' in found && Array.isArray(found.links) ? found.links : [];
  return { custom: { ...found, links: [...links, ...added] } };
}
