import { cleanDeclarations, isSafeCss } from './safe-css.ts';
import { ATTRIBUTES } from './vocabulary.ts';

/** Words for people, which nothing parses. */
const WORDS = ['aria-label', 'id', 'class', 'lang', 'systemLanguage', 'aria-labelledby'];

/** The value to keep. Null: the attribute goes. */
export function cleanAttribute(name: string, value: string): string | null {
  if (!ATTRIBUTES.includes(name)) return null;
  if (WORDS.includes(name)) return value;
  if (name === 'href') return isOwnAddress(value) ? value.trim() : null;
  if (name === 'style') return cleanDeclarations(value);
  return isSafeCss(value) ? value : null;
}

/** A part of the drawing, or a picture in it. */
function isOwnAddress(value: string): boolean {
  return /^\s*(#|data:image\/(png|jpeg|jpg|webp|gif);base64,)/.test(value);
}
