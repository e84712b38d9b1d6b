import sharp, { type Raw, type Sharp } from 'sharp';
import { isOpaque, readPixels } from '../formats/pixels.ts';
import { openStill } from '../process/decoders.ts';
import type { Size } from '../process/size.ts';
import { drawSvg } from '../svg/draw-svg.ts';
import type { Crop } from './crop-region.ts';
import type { Source } from './inspect-source.ts';

export type Pixels = { data: Buffer; info: Raw };

/**
 * Decodes the source once, at the smallest size from which all crops can be made. A JPEG decodes much faster at half or a
 * quarter of its size, and the later steps process fewer pixels. The result is in sRGB, so that renditions need no
 * colour profile, which would be a tenth of the bytes of a small one. The original keeps its wide colours.
 */
export async function decodeOnce(source: Source, crops: Crop[]): Promise<Pixels> {
  const size = smallestSize(source, crops);
  const image = source.isVector ? await drawSvg(source.bytes, size.width) : openStill(source.bytes);
  return withoutOpaqueAlpha(await toPixels(image.resize(size.width, size.height, { fit: 'fill' })));
}

/** A decoded GIF always has an alpha channel. */
async function withoutOpaqueAlpha(pixels: Pixels): Promise<Pixels> {
  const image = sharp(pixels.data, { raw: pixels.info });
  return isOpaque(await readPixels(image.clone())) ? toPixels(image.removeAlpha()) : pixels;
}

function smallestSize(source: Size, crops: Crop[]): Size {
  const scale = Math.max(...crops.map(({ region, output }) => output.width / region.width));
  return {
    width: Math.min(Math.ceil(source.width * scale), Math.max(1, Math.round(source.width))),
    height: Math.min(Math.ceil(source.height * scale), Math.max(1, Math.round(source.height))),
  };
}

export async function toPixels(image: Sharp): Promise<Pixels> {
  const { data, info } = await image.toColourspace('srgb').raw().toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  return { data, info: { width, height, channels } };
}
