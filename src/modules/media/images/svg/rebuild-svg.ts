import type { Attr, Element, Node } from 'jsdom';
import type { Size } from '../process/size.ts';
import { cleanAttribute } from './clean-attribute.ts';
import { cleanEmbeddedImages } from './clean-embedded-images.ts';
import { countDrawn } from './count-drawn.ts';
import { countMarkers } from './count-markers.ts';
import { purifier, window } from './dom.ts';
import { findLost, type Lost } from './find-lost.ts';
import { cleanStyleSheet } from './safe-css.ts';
import { findSvgSize } from './svg-size.ts';
import { ATTRIBUTES, ELEMENTS } from './vocabulary.ts';

const SVG = 'http://www.w3.org/2000/svg';
const XML = 'http://www.w3.org/XML/1998/namespace';

/** Includes the copies that `use` and similar elements draw. */
const MAX_DRAWN_ELEMENTS = 200_000;

export type CleanSvg = Size & { bytes: Buffer };
type NotClean = 'malformed' | 'without size' | 'too complex' | { lost: Lost };

/**
 * Copies the allowed elements and attributes into a new document, without document type, processing instructions,
 * comments or foreign elements. DOMPurify then sanitizes the copy, as a second line of defence.
 */
export async function rebuildSvg(text: string): Promise<CleanSvg | NotClean> {
  const source = new window.DOMParser().parseFromString(text, 'image/svg+xml').documentElement;
  if (source.localName !== 'svg' || !isDrawing(source)) return 'malformed';
  const size = findSvgSize({
    width: source.getAttribute('width'),
    height: source.getAttribute('height'),
    viewBox: source.getAttribute('viewBox'),
  });
  if (size === null) return 'without size';
  const lost = findLost(source);
  if (lost !== null) return { lost };
  const target = window.document.implementation.createDocument(SVG, 'svg');
  const root = target.documentElement;
  copyInto(root, source);
  // Without a viewBox, browsers would cut the drawing instead of scaling it.
  if (!root.hasAttribute('viewBox')) root.setAttribute('viewBox', `0 0 ${size.width} ${size.height}`);
  // Every client must find the size that is stored in the database, in pixels.
  root.setAttribute('width', String(size.width));
  root.setAttribute('height', String(size.height));
  purify(root);
  if (countDrawn(root) + countMarkers(root) > MAX_DRAWN_ELEMENTS) return 'too complex';
  await cleanEmbeddedImages(root);
  return { ...size, bytes: Buffer.from(new window.XMLSerializer().serializeToString(root)) };
}

/** Browsers do not show an SVG without its namespace, but it can be repaired. */
function isDrawing(element: Element): boolean {
  return element.namespaceURI === SVG || element.namespaceURI === null;
}

/** Completes each element before adding it: jsdom walks the whole document for each change inside it. */
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
  // Older drawings have `xlink:href`, which `href` overrides.
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
    // DOM clobbering needs scripts, which do not run here, and references depend on the ids.
    SANITIZE_DOM: false,
  });
}
