import { makeYielder } from '../../lib/yield-to-event-loop.ts';

/** Writes well-formed XML whatever the text holds. Names are constants; attribute values and texts are untrusted. */
export type XmlElement = {
  name: string;
  attributes: Readonly<Record<string, string>>;
  /** Undefined children are omitted. */
  children: readonly (XmlElement | string | undefined)[];
};

/** An element with one text, with child elements, or empty. */
export function element(
  name: string,
  content: string | XmlElement['children'] = [],
  attributes: XmlElement['attributes'] = {},
): XmlElement {
  return { name, attributes, children: typeof content === 'string' ? [content] : content };
}

/** Yields to the event loop between the elements of the first levels, because a feed can have megabytes. */
export async function writeXml(root: XmlElement): Promise<string> {
  return `<?xml version="1.0" encoding="utf-8"?>\n${await writeYielding(root, YIELDING_LEVELS, makeYielder())}\n`;
}

/** `rss`, `channel`, `item`. */
const YIELDING_LEVELS = 3;

async function writeYielding(
  element: XmlElement,
  levels: number,
  yieldIfDue: ReturnType<typeof makeYielder>,
): Promise<string> {
  if (levels === 0) return writeElement(element);
  const written: string[] = [];
  for (const child of element.children) {
    await yieldIfDue();
    written.push(
      typeof child === 'object' ? await writeYielding(child, levels - 1, yieldIfDue) : writeChild(child),
    );
  }
  return enclose(element, written.join(''));
}

function writeElement(element: XmlElement): string {
  return enclose(element, element.children.map(writeChild).join(''));
}

function enclose({ name, attributes }: XmlElement, content: string): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeAttribute(value)}"`);
  return `<${name}${written.join('')}${content === '' ? '/>' : `>${content}</${name}>`}`;
}

function writeChild(child: XmlElement['children'][number]): string {
  if (child === undefined) return '';
  return typeof child === 'string' ? escapeText(child) : writeElement(child);
}

const ESCAPES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

const escapeOne = (character: string) => ESCAPES[character] ?? character;

/** A parser reads an unescaped carriage return as a line feed: XML 1.0, section 2.11. */
function escapeText(text: string): string {
  return toXmlText(text).replace(/[&<>\r]/g, escapeOne);
}

/** In an attribute, a parser reads unescaped tabs and line ends as spaces: XML 1.0, section 3.3.3. */
function escapeAttribute(text: string): string {
  return toXmlText(text).replace(/[&<>"\t\n\r]/g, escapeOne);
}

/** Characters outside https://www.w3.org/TR/xml/#NT-Char, including lone surrogates. */
const INVALID_XML_CHARACTER = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

/**
 * Replaces characters that XML does not allow, even escaped, by a space or U+FFFD. Deleting them could join the text around
 * them into something that a filter had rejected: https://www.unicode.org/reports/tr36/#Deletion_of_Noncharacters
 */
export function toXmlText(text: string): string {
  return text.replace(INVALID_XML_CHARACTER, (character) => (character < ' ' ? ' ' : '\ufffd'));
}
