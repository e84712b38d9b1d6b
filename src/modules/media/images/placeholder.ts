import sharp, { type Sharp } from 'sharp';
import { rgbaToThumbHash } from 'thumbhash';

/** Characters of an address that stands in every page which shows the image. */
const MAX_LENGTH = 400;
/** From the best on, until one is short enough. */
const SIZES = [
  { side: 24, quality: 40 },
  { side: 20, quality: 30 },
  { side: 16, quality: 15 },
  { side: 12, quality: 1 },
];

export type Looks = { thumbhash: string; placeholder: string | null };

/**
 * Two ways to show an image before it is there. The thumbhash is some 25 bytes, Base64, that a script draws
 * (https://evanw.github.io/thumbhash/). The placeholder is a tiny WebP in a `data:` address, for pages without one; null
 * where the image can be seen through, since it would shine through it.
 */
export async function describeLooks(image: Sharp, hasAlpha: boolean): Promise<Looks> {
  const { data, info } = await image
    .resize(100, 100, { fit: 'inside', withoutEnlargement: true })
    .toColourspace('srgb')
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return {
    thumbhash: Buffer.from(rgbaToThumbHash(info.width, info.height, data)).toString('base64'),
    placeholder: hasAlpha ? null : await makePlaceholder(sharp(data, { raw: info })),
  };
}

async function makePlaceholder(image: Sharp): Promise<string | null> {
  for (const { side, quality } of SIZES) {
    const small = image.clone().removeAlpha().resize(side, side, { fit: 'inside' });
    const bytes = await small.webp({ quality, effort: 6 }).toBuffer();
    const address = `data:image/webp;base64,${bytes.toString('base64')}`;
    if (address.length <= MAX_LENGTH) return address;
  }
  return null;
}
