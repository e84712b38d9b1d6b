import sharp, { type Sharp } from 'sharp';
import { rgbaToThumbHash } from 'thumbhash';

/** In characters. The `data:` URL is part of every page that shows the image. */
const MAX_PLACEHOLDER_LENGTH = 400;
/** Tried from best to worst until the URL is short enough. */
const PLACEHOLDER_SETTINGS = [
  { side: 24, quality: 40 },
  { side: 20, quality: 30 },
  { side: 16, quality: 15 },
  { side: 12, quality: 1 },
];

export type Previews = { thumbhash: string; placeholder: string | null };

/**
 * Makes two previews to show while the image loads. The thumbhash is about 25 bytes in Base64, which a script draws
 * (https://evanw.github.io/thumbhash/). The placeholder, for pages without scripts, is a tiny WebP in a `data:` URL. It
 * is null for a transparent image, which would not cover the placeholder.
 */
export async function makePreviews(image: Sharp, hasAlpha: boolean): Promise<Previews> {
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
  for (const { side, quality } of PLACEHOLDER_SETTINGS) {
    const small = image.clone().removeAlpha().resize(side, side, { fit: 'inside' });
    const bytes = await small.webp({ quality, effort: 6 }).toBuffer();
    const url = `data:image/webp;base64,${bytes.toString('base64')}`;
    if (url.length <= MAX_PLACEHOLDER_LENGTH) return url;
  }
  return null;
}
