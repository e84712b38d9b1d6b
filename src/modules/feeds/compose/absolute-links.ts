import { escapeHtml } from '../../../lib/escape-html.ts';
import { unescapeHtml } from './html.ts';

/**
 * HTML of an edition for readers who have it from elsewhere than its page. It is always our own writer's: every
 * `<` of a text is escaped, attribute values stand in double quotes, and so tags can be told without a parser.
 */

const TAG = /<[a-z][a-z0-9]*(?: [a-z-]+(?:="[^"]*")?)*>/gi;
const ATTRIBUTE = / ([a-z-]+)(?:="([^"]*)")?/gi;

const ADDRESSES = ['href', 'src'];
/** Previews, of which feed readers know nothing, at a kilobyte each. */
const PREVIEWS = ['style', 'data-thumbhash'];

/** `page`: the address that its relative addresses are meant from. Footnotes stay within the text. */
export function makeLinksAbsolute(html: string, page: string): string {
  return html.replace(TAG, (tag) => {
    const isFootnote = [...tag.matchAll(ATTRIBUTE)].some(([, name]) => name?.startsWith('data-footnote'));
    return tag.replace(ATTRIBUTE, (attribute: string, name: string, value: string | undefined) => {
      if (PREVIEWS.includes(name)) return '';
      if (value === undefined || isFootnote || !ADDRESSES.includes(name)) return attribute;
      return ` ${name}="${toAbsolute(value, page)}"`;
    });
  });
}

/** `http:page` has a scheme and is relative all the same. An address that is none leads to the page. */
function toAbsolute(escaped: string, page: string): string {
  if (/^(?:https?:\/\/|(?!https?:)[a-z][a-z0-9+.-]*:)/i.test(escaped)) return escaped;
  const address = unescapeHtml(escaped);
  return escapeHtml(URL.canParse(address, page) ? new URL(address, page).href : page);
}
