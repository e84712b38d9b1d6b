import type { Element } from 'jsdom';
import { FILE_TYPES } from '../../files/file-types.ts';
import { cleanRaster } from '../formats/clean-raster.ts';
import { findRasterType } from '../inspect/find-type.ts';
import { readHeader } from '../inspect/read-header.ts';
import { damagedImage } from '../process/image-refusals.ts';

/** Pictures inside a drawing are bound by the same rules as those that come alone. */
export async function cleanPictures(root: Element): Promise<void> {
  for (const element of root.querySelectorAll('[href^="data:"]')) {
    const cleaned = await cleanDataAddress(element.getAttribute('href') ?? '');
    element.setAttribute('href', cleaned);
  }
}

async function cleanDataAddress(address: string): Promise<string> {
  const bytes = Buffer.from(address.slice(address.indexOf(',') + 1), 'base64');
  const extension = await findRasterType(bytes);
  if (extension === null) throw damagedImage();
  const cleaned = await cleanRaster(bytes, extension, await readHeader(bytes, extension));
  return `data:${FILE_TYPES[extension]};base64,${cleaned.toString('base64')}`;
}
