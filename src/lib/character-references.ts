import { decodeHTMLStrict } from 'entities';

/** The longest name of the HTML standard has 31 characters. */
const REFERENCE = /&(?:#(\d{1,7})|#x([\da-f]{1,6})|[a-z][a-z\d]{1,31});/gi;

/**
 * Decodes all character references of the HTML standard that end with a semicolon, once. Keeps what is no reference, such
 * as `AT&T;`, and references to characters that text cannot hold.
 */
export function decodeCharacterReferences(text: string): string {
  return text.includes('&') ? text.replace(REFERENCE, decodeReference) : text;
}

function decodeReference(reference: string, decimal?: string, hex?: string): string {
  const point = hex === undefined ? Number(decimal ?? 'NaN') : Number.parseInt(hex, 16);
  return Number.isNaN(point) || isCharacter(point) ? decodeHTMLStrict(reference) : reference;
}

function isCharacter(point: number): boolean {
  const isSurrogate = point >= 0xd800 && point <= 0xdfff;
  return point <= 0x10ffff && !isSurrogate && (point >= 0x20 || /[\t\n\r]/.test(String.fromCharCode(point)));
}

/** Longer than any reference. */
const MAX_REFERENCE_LENGTH = 40;
const ENDS_WITH_REFERENCE = /&#?[a-z\d]+;$/i;

/** Splits at semicolons, except those that end a character reference, such as `&amp;`. */
export function splitAtSemicolons(text: string): string[] {
  const pieces: string[][] = [];
  let isOpen = false;
  for (const part of text.split(';')) {
    if (isOpen) pieces.at(-1)?.push(part);
    else pieces.push([part]);
    isOpen = endsWithReference(`${part.slice(-MAX_REFERENCE_LENGTH)};`);
  }
  return pieces.map((parts) => parts.join(';'));
}

function endsWithReference(text: string): boolean {
  const reference = ENDS_WITH_REFERENCE.exec(text)?.[0];
  return reference !== undefined && decodeCharacterReferences(reference) !== reference;
}
