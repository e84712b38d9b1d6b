import type { Metadata, Sharp } from 'sharp';
import { isOpaque, readPixels } from './pixels.ts';

/**
 * Keeps the pixel values and their colour profile, so that wide-gamut colours survive. CMYK is converted to sRGB, because
 * browsers show it badly or not at all. Grey stays grey, because its profile fits no other colour space.
 */
export function keepColours(image: Sharp, { space }: Metadata): Sharp {
  if (space === 'cmyk') return image;
  const isGrey = space === 'b-w' || space === 'grey16';
  return image.keepIccProfile().toColourspace(isGrey ? 'b-w' : 'srgb');
}

/** Screenshots often have an opaque alpha channel. If it stayed, the image would get no placeholder. */
export async function dropOpaqueAlpha(image: () => Sharp, { hasAlpha }: Metadata): Promise<Sharp> {
  return hasAlpha && isOpaque(await readPixels(image())) ? image().removeAlpha() : image();
}
