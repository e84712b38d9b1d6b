import { htmlTagNames } from 'html-tag-names';

const known = new Set(htmlTagNames);

const names = (list: string) => new Set(list.split(' '));

/** Elements that readers get as they are. */
export const KEPT_ELEMENTS = names('kbd mark q sub sup');

/** Elements with an equivalent in Markdown. */
const equivalents = names(
  'a audio b blockquote br code dd del dl dt em h1 h2 h3 h4 h5 h6 hr i iframe image img li listing ol p plaintext pre s samp source strike strong table tbody td tfoot th thead tr track tt ul var video wbr xmp',
);

/** Elements that Markdown has a block for. */
const blocks = names('blockquote dl h1 h2 h3 h4 h5 h6 listing menu ol p pre table ul xmp');

/** Elements whose content is not for readers, or cannot be shown. */
const withoutText = names('embed noembed noframes script style svg template');

/** Elements within a line of text. One without an end tag is probably not HTML, as in `a<b and c>d`. */
const phrasing = names(
  'a abbr acronym b bdi bdo big blink cite code data del dfn em font i ins kbd label mark meter nobr output progress q rb rp rt rtc ruby s samp slot small span strike strong sub sup time tt u var',
);

const voids = names('area base br col embed hr img input link meta param source track wbr');

export function isKnownElement(name: string): boolean {
  return known.has(name.toLowerCase());
}

/** Whether the name is one of MathML. A drawing needs no such function: it is left out with everything in it. */
export function isMathElement(name: string): boolean {
  return /^(?:m[a-z]+|none|semantics|annotation(?:-xml)?)$/.test(name);
}

/** Elements that Microsoft Word and Outlook add, such as `<o:p>`. */
export function isOfficeElement(name: string): boolean {
  return /^(?:m|o|st1|v|w|x):[a-z]/.test(name);
}

/** Whether readers get the element or its equivalent. */
export function isShownElement(name: string): boolean {
  return KEPT_ELEMENTS.has(name) || equivalents.has(name);
}

export function isBlockElement(name: string): boolean {
  return blocks.has(name);
}

export function losesText(name: string): boolean {
  return withoutText.has(name);
}

export function isPhrasingElement(name: string): boolean {
  return phrasing.has(name);
}

/** Elements that conversion turns into a link. */
export function isEmbeddedElement(name: string): boolean {
  return ['audio', 'iframe', 'video'].includes(name);
}

export function isVoidElement(name: string): boolean {
  return voids.has(name);
}
