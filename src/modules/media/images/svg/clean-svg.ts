import { MAX_SVG_SIZE } from '../process/image-limits.ts';
import { damagedImage, svgTooLarge, svgWithEntities, svgWithoutSize } from '../process/image-refusals.ts';
import { decodeXml } from '../xml/decode-xml.ts';
import { measureMarkup } from '../xml/scan-markup.ts';
import type { CleanSvg } from './rebuild-svg.ts';

/** The time for parsing grows with the square of depth and attributes. Drawing programs stay below 50 of either. */
const MAX_DEPTH = 100;
const MAX_ATTRIBUTES = 500;
const MAX_ELEMENTS = 50_000;

/** A drawing that can neither run nor fetch anything. */
export async function cleanSvg(bytes: Buffer): Promise<CleanSvg> {
  if (bytes.length > MAX_SVG_SIZE) throw svgTooLarge();
  const text = decodeXml(bytes);
  if (text === null) throw damagedImage();
  // Before it is parsed: ten lines of entities make gigabytes, and declarations of any kind are read otherwise by a
  // parser than by the look below.
  if (/<!ENTITY|<!DOCTYPE[^>]*\[/i.test(text)) throw svgWithEntities();
  const { depth, elements, attributes } = measureMarkup(text);
  if (depth > MAX_DEPTH || elements > MAX_ELEMENTS || attributes > MAX_ATTRIBUTES) throw damagedImage();
  const { rebuildSvg } = await import('./rebuild-svg.ts');
  const rebuilt = await rebuildSvg(text);
  if (rebuilt === 'malformed') throw damagedImage();
  if (rebuilt === 'without size') throw svgWithoutSize();
  return rebuilt;
}
