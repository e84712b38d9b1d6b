import { decodeCharacterReferences } from '../../../../lib/character-references.ts';

/**
 * Six properties of an XMP packet (https://developer.adobe.com/xmp/docs/), found by their customary namespace prefixes.
 * This avoids an XML parser: jsdom takes almost a second to load, and the small parsers for metadata allow prototype
 * pollution.
 */
export type XmpMetadata = Record<keyof typeof PROPERTIES, string | null>;

const PROPERTIES = {
  alt: 'Iptc4xmpCore:AltTextAccessibility',
  description: 'dc:description',
  credit: 'photoshop:Credit',
  creator: 'dc:creator',
  rights: 'dc:rights',
  licence: 'xmpRights:WebStatement',
};

export function readXmp(packet: Buffer): XmpMetadata {
  const text = packet.toString('utf8');
  const read = (name: string) => readElement(text, name) ?? readAttribute(text, name);
  const { alt, description, credit, creator, rights, licence } = PROPERTIES;
  return {
    alt: read(alt),
    description: read(description),
    credit: read(credit),
    creator: read(creator),
    rights: read(rights),
    licence: read(licence),
  };
}

/** Reads a text or a list. Of translations, it returns the default one; of people, it joins all names. */
function readElement(text: string, name: string): string | null {
  const inner = between(text, `<${name}`, `</${name}>`);
  if (inner === null) return null;
  const items = inner.split('<rdf:li').slice(1);
  if (items.length === 0)
    return inner.includes('<') ? null : decodeCharacterReferences(inner.slice(inner.indexOf('>') + 1));
  const texts = items.map((item) => ({
    isDefault: /^[^>]*x-default/.test(item),
    text: decodeCharacterReferences(between(item, '>', '</rdf:li') ?? ''),
  }));
  if (inner.includes('<rdf:Alt')) return (texts.find(({ isDefault }) => isDefault) ?? texts[0])?.text ?? null;
  return texts.map(({ text }) => text).join(', ');
}

function readAttribute(text: string, name: string): string | null {
  const inner = between(text, ` ${name}="`, '"') ?? between(text, `\n${name}="`, '"');
  return inner === null ? null : decodeCharacterReferences(inner);
}

function between(text: string, start: string, end: string): string | null {
  const from = text.indexOf(start);
  const to = from === -1 ? -1 : text.indexOf(end, from + start.length);
  return to === -1 ? null : text.slice(from + start.length, to);
}
