import type { Metadata, Sharp } from 'sharp';
import { isOpaque, readPixels } from './pixels.ts';

/**
 * Pixel values stay as they are and the profile that gives them their meaning stays with them, so that wide
 * colours stay wide. But CMYK, which browsers show badly or not at all, becomes sRGB by its profile. Grey stays
 * grey, since the profile of a grey image does not fit another one.
 */
export function keepColours(image: Sharp, { space }: Metadata): Sharp {
  if (space === 'cmyk') return image;
  const isGrey = space === 'b-w' || space === 'grey16';
  return image.keepIccProfile().toColourspace(isGrey ? 'b-w' : 'srgb');
}

/** Screenshots have an alpha channel in which nothing is transparent. It would cost every rendition its placeholder. */
export async function dropOpaqueAlpha(image: () => Sharp, { hasAlpha }: Metadata): Promise<Sharp> {
  return hasAlpha && isOpaque(await readPixels(image())) ? image().removeAlpha() : image();
}
