import type { Element } from 'jsdom';
import { FILE_TYPES } from '../../files/file-types.ts';
import { cleanRaster } from '../formats/clean-raster.ts';
import { findRasterType } from '../inspect/find-type.ts';
import { readHeader } from '../inspect/read-header.ts';
import { damagedImage } from '../process/image-refusals.ts';

/** Cleans the images embedded in an SVG like uploaded ones. Throws if one of them is refused. */
export async function cleanEmbeddedImages(root: Element): Promise<void> {
  for (const element of root.querySelectorAll('[href^="data:"]')) {
    const cleaned = await cleanDataUrl(element.getAttribute('href') ?? '');
    element.setAttribute('href', cleaned);
  }
}

async function cleanDataUrl(url: string): Promise<string> {
  const bytes = Buffer.from(url.slice(url.indexOf(',') + 1), 'base64');
  const extension = await findRasterType(bytes);
  if (extension === null) throw damagedImage();
  const cleaned = await cleanRaster(bytes, extension, await readHeader(bytes, extension));
  return `data:${FILE_TYPES[extension]};base64,${cleaned.toString('base64')}`;
}
