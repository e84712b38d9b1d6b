/**
 * Writes XML that every parser takes, whatever the text holds. Names are ours; attributes and texts are anybody's.
 */
export type XmlElement = {
  name: string;
  attributes: Readonly<Record<string, string>>;
  /** Undefined ones are left out. */
  children: readonly (XmlElement | string | undefined)[];
};

/** An element of one text, of several children, or of none. */
export function element(
  name: string,
  content: string | XmlElement['children'] = [],
  attributes: XmlElement['attributes'] = {},
): XmlElement {
  return { name, attributes, children: typeof content === 'string' ? [content] : content };
}

export function writeXml(root: XmlElement): string {
  return `<?xml version="1.0" encoding="utf-8"?>\n${writeElement(root)}\n`;
}

function writeElement({ name, attributes, children }: XmlElement): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeAttribute(value)}"`);
  const content = children.map(writeChild).join('');
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

/** A parser would read a bare carriage return as a line feed: XML 1.0, section 2.11. */
function escapeText(text: string): string {
  return toXmlText(text).replace(/[&<>\r]/g, escapeOne);
}

/** In an attribute it would read tabs and line ends as spaces: section 3.3.3. */
function escapeAttribute(text: string): string {
  return toXmlText(text).replace(/[&<>"\t\n\r]/g, escapeOne);
}

/** All that is not https://www.w3.org/TR/xml/#NT-Char, half a surrogate pair too. */
const NO_XML = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

/**
 * What XML cannot hold, escaped or not, becomes a space or U+FFFD. It is not left out, since the text around it
 * could then join to what somebody filtered: https://www.unicode.org/reports/tr36/#Deletion_of_Noncharacters
 */
export function toXmlText(text: string): string {
  return text.replace(NO_XML, (character) => (character < ' ' ? ' ' : '\ufffd'));
}
