import { decodeCharacterReferences } from '../../../lib/character-references.ts';
import { escapeHtml } from '../../../lib/escape-html.ts';

/**
 * Prepares the HTML of an edition for feed readers, which show it away from its page. Our own renderer wrote the HTML:
 * it escapes every `<` in text and quotes attribute values with double quotes, so a regular expression can find the tags.
 */

const TAG_WITH_ATTRIBUTES = /<[a-z][a-z0-9]*(?: [a-z-]+(?:="[^"]*")?)+>/gi;
const FOOTNOTE = /^<\w+(?: [a-z-]+(?:="[^"]*")?)*? data-footnote/i;
const ATTRIBUTE = / ([a-z-]+)(?:="([^"]*)")?/gi;

const URL_ATTRIBUTES = ['href', 'src'];
/** Image placeholders take about a kilobyte each, and feed readers do not use them. */
const PLACEHOLDER_ATTRIBUTES = ['style', 'data-thumbhash'];

/** Resolves relative URLs against `page`. Links to footnotes stay relative, because the footnotes are in the same text. */
export function makeLinksAbsolute(html: string, page: string): string {
  return html.replace(TAG_WITH_ATTRIBUTES, (tag) => {
    const isFootnote = FOOTNOTE.test(tag);
    return tag.replace(ATTRIBUTE, (attribute: string, name: string, value: string | undefined) => {
      if (PLACEHOLDER_ATTRIBUTES.includes(name)) return '';
      if (value === undefined || isFootnote || !URL_ATTRIBUTES.includes(name)) return attribute;
      return ` ${name}="${toAbsolute(value, page)}"`;
    });
  });
}

/** `http:page` is relative although it has a scheme. An invalid URL becomes a link to the page. */
function toAbsolute(escaped: string, page: string): string {
  if (/^(?:https?:\/\/|(?!https?:)[a-z][a-z0-9+.-]*:)/i.test(escaped)) return escaped;
  const address = decodeCharacterReferences(escaped);
  return escapeHtml(URL.canParse(address, page) ? new URL(address, page).href : page);
}
