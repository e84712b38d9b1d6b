import type { Metadata } from 'sharp';
import { cleanText, cleanUrl } from './clean-text.ts';
import type { EmbeddedMetadata } from './embedded-metadata.ts';
import { readExif } from './read-exif.ts';
import { readIptc } from './read-iptc.ts';
import { readXmp } from './read-xmp.ts';

/** Larger blocks contain previews and edit histories, and would be slow to search. */
const MAX_BLOCK_BYTES = 256 * 1024;

/** Prefers IPTC, which photo editors fill in, over XMP, and XMP over Exif, which cameras write. Ignores damaged blocks. */
export async function readEmbeddedMetadata({ iptc, xmp, exif }: Metadata): Promise<EmbeddedMetadata> {
  const iptcFields = read(iptc, readIptc);
  const xmpFields = read(xmp, readXmp);
  const exifFields = (await read(exif, readExif)?.catch(() => null)) ?? null;
  return {
    alt: cleanText(xmpFields?.alt, 2000),
    caption:
      cleanText(iptcFields?.caption, 2000) ??
      cleanText(xmpFields?.description, 2000) ??
      cleanText(exifFields?.description, 2000),
    credit: firstText([
      iptcFields?.credit,
      iptcFields?.byline,
      xmpFields?.credit,
      xmpFields?.creator,
      xmpFields?.rights,
      exifFields?.artist,
      exifFields?.copyright,
    ]),
    licenceUrl: cleanUrl(xmpFields?.licence),
  };
}

function firstText(candidates: (string | null | undefined)[]): string | null {
  return candidates.map((text) => cleanText(text, 500)).find((text) => text !== null) ?? null;
}

function read<T>(block: Buffer | undefined, parse: (block: Buffer) => T): T | null {
  if (block === undefined || block.length > MAX_BLOCK_BYTES) return null;
  try {
    return parse(block);
  } catch {
    return null;
  }
}
