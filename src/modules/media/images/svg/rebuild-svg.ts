import type { Attr, Element, Node } from 'jsdom';
import { cleanAttribute } from './clean-attribute.ts';
import { cleanPictures } from './clean-pictures.ts';
import { countDrawn } from './count-drawn.ts';
import { purifier, window } from './dom.ts';
import { cleanStyleSheet } from './safe-css.ts';
import { findSvgSize, type Size } from './svg-size.ts';
import { ATTRIBUTES, ELEMENTS } from './vocabulary.ts';

const SVG = 'http://www.w3.org/2000/svg';
const XML = 'http://www.w3.org/XML/1998/namespace';

/** Elements, those that are used counted wherever they are drawn. */
const MAX_DRAWN = 200_000;

export type CleanSvg = Size & { bytes: Buffer };

/**
 * Copies what a drawing is made of into a new document: no document type, instruction, comment or foreign element comes
 * along. DOMPurify then goes over the copy, for tricks that a list of names does not know.
 */
export async function rebuildSvg(text: string): Promise<CleanSvg | 'malformed' | 'without size'> {
  const source = new window.DOMParser().parseFromString(text, 'image/svg+xml').documentElement;
  if (source.localName !== 'svg' || !isDrawing(source)) return 'malformed';
  const size = findSvgSize({
    width: source.getAttribute('width'),
    height: source.getAttribute('height'),
    viewBox: source.getAttribute('viewBox'),
  });
  if (size === null) return 'without size';
  const target = window.document.implementation.createDocument(SVG, 'svg');
  const root = target.documentElement;
  copyInto(root, source);
  // Without one it would be cut, not scaled, where a page shows it smaller.
  if (!root.hasAttribute('viewBox')) root.setAttribute('viewBox', `0 0 ${size.width} ${size.height}`);
  // The size that is on record is the one that every reader finds, in pixels.
  root.setAttribute('width', String(size.width));
  root.setAttribute('height', String(size.height));
  purify(root);
  if (countDrawn(root) > MAX_DRAWN) return 'malformed';
  await cleanPictures(root);
  return { ...size, bytes: Buffer.from(new window.XMLSerializer().serializeToString(root)) };
}

/** One without a namespace shows nowhere as an image, but is meant as one. */
function isDrawing(element: Element): boolean {
  return element.namespaceURI === SVG || element.namespaceURI === null;
}

/** Each part is finished before it is added: what changes inside a document costs jsdom a look at all of it. */
function copyInto(target: Element, source: Element): void {
  for (const attribute of [...source.attributes]) copyAttribute(target, attribute);
  if (source.localName === 'style') {
    target.textContent = cleanStyleSheet(source.textContent ?? '');
    return;
  }
  for (const node of [...source.childNodes]) {
    if (node.nodeType === node.TEXT_NODE || node.nodeType === node.CDATA_SECTION_NODE) {
      target.append(node.textContent ?? '');
    } else if (isKnown(node)) {
      const copy = target.ownerDocument.createElementNS(SVG, node.localName);
      copyInto(copy, node);
      target.append(copy);
    }
  }
}

function isKnown(node: Node): node is Element {
  return node instanceof window.Element && isDrawing(node) && ELEMENTS.includes(node.localName);
}

function copyAttribute(target: Element, { name, localName, namespaceURI, value }: Attr): void {
  if (namespaceURI === XML) {
    if (ATTRIBUTES.includes(name)) target.setAttributeNS(XML, name, value);
    return;
  }
  const kept = cleanAttribute(localName, value);
  // `xlink:href` of older drawings, which a newer `href` overrides.
  const isWanted = namespaceURI === null || (localName === 'href' && !target.hasAttribute('href'));
  if (isWanted && kept !== null) target.setAttribute(localName, kept);
}

function purify(root: Element): void {
  purifier.sanitize(root, {
    IN_PLACE: true,
    ALLOWED_TAGS: ['#text', ...ELEMENTS],
    ALLOWED_ATTR: [...ATTRIBUTES],
    ADD_URI_SAFE_ATTR: ['aria-label', 'font-family'],
    ALLOW_DATA_ATTR: false,
    ALLOW_ARIA_ATTR: false,
    NAMESPACE: SVG,
    PARSER_MEDIA_TYPE: 'application/xhtml+xml',
    // Names of elements cannot shadow anything where no script runs, and references depend on them.
    SANITIZE_DOM: false,
  });
}
