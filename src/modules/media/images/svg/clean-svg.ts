import { MAX_SVG_BYTES } from '../process/image-limits.ts';
import {
  damagedImage,
  svgTooComplex,
  svgTooLarge,
  svgWithEntities,
  svgWithHtml,
  svgWithoutSize,
} from '../process/image-refusals.ts';
import { decodeXml } from '../xml/decode-xml.ts';
import { measureMarkup } from '../xml/scan-markup.ts';
import type { CleanSvg } from './rebuild-svg.ts';

/** The time for parsing grows with the square of depth and attributes. Drawing programs use fewer than 50 of each. */
const MAX_DEPTH = 100;
const MAX_ATTRIBUTES = 500;
const MAX_ELEMENTS = 50_000;

/** Returns a copy of the drawing that cannot run scripts or load anything. */
export async function cleanSvg(bytes: Buffer): Promise<CleanSvg> {
  if (bytes.length > MAX_SVG_BYTES) throw svgTooLarge();
  const text = decodeXml(bytes);
  if (text === null) throw damagedImage();
  // Refused before parsing: a few nested entities expand to gigabytes, and `measureMarkup` does not expand them.
  if (/<!ENTITY|<!DOCTYPE[^>]*\[/i.test(text)) throw svgWithEntities();
  const { depth, elements, attributes } = measureMarkup(text);
  if (depth > MAX_DEPTH || elements > MAX_ELEMENTS || attributes > MAX_ATTRIBUTES) throw svgTooComplex();
  const { rebuildSvg } = await import('./rebuild-svg.ts');
  const rebuilt = await rebuildSvg(text);
  if (rebuilt === 'malformed') throw damagedImage();
  if (rebuilt === 'without size') throw svgWithoutSize();
  if (rebuilt === 'too complex') throw svgTooComplex();
  if ('lost' in rebuilt) throw svgWithHtml(rebuilt.lost.kind === 'text' ? rebuilt.lost.quote : null);
  return rebuilt;
}
