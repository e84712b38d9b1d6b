import { cleanDeclarations, isSafeCss } from './safe-css.ts';
import { ATTRIBUTES } from './vocabulary.ts';

/** Names and texts, which browsers do not parse as CSS or URLs. */
const PLAIN_ATTRIBUTES = ['aria-label', 'id', 'class', 'lang', 'systemLanguage', 'aria-labelledby'];

/** Returns the value to keep, or null to drop the attribute. */
export function cleanAttribute(name: string, value: string): string | null {
  if (!ATTRIBUTES.includes(name)) return null;
  if (PLAIN_ATTRIBUTES.includes(name)) return value;
  if (name === 'href') return isInternalUrl(value) ? value.trim() : null;
  if (name === 'style') return cleanDeclarations(value);
  return isSafeCss(value) ? value : null;
}

/** A reference to an element of the drawing, or an embedded image. */
function isInternalUrl(value: string): boolean {
  return /^\s*(#|data:image\/(png|jpeg|jpg|webp|gif);base64,)/.test(value);
}
