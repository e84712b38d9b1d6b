import type { Metadata } from 'sharp';
import { cleanAddress, cleanText } from './clean-text.ts';
import type { EmbeddedWords } from './no-words.ts';
import { readExif } from './read-exif.ts';
import { readIptc } from './read-iptc.ts';
import { readXmp } from './read-xmp.ts';

/** Bytes of one block. What is larger are previews and histories, and patterns take their time with it. */
const MAX_BLOCK = 256 * 1024;

/** IPTC first, which picture desks fill in, then XMP, then EXIF, which cameras do. A broken block says nothing. */
export async function readEmbeddedWords({ iptc, xmp, exif }: Metadata): Promise<EmbeddedWords> {
  const desk = read(iptc, readIptc);
  const packet = read(xmp, readXmp);
  const camera = (await read(exif, readExif)?.catch(() => null)) ?? null;
  return {
    alt: cleanText(packet?.alt, 2000),
    caption:
      cleanText(desk?.caption, 2000) ??
      cleanText(packet?.description, 2000) ??
      cleanText(camera?.description, 2000),
    credit: firstText([
      desk?.credit,
      desk?.byline,
      packet?.credit,
      packet?.creator,
      packet?.rights,
      camera?.artist,
      camera?.copyright,
    ]),
    licenceUrl: cleanAddress(packet?.licence),
  };
}

function firstText(candidates: (string | null | undefined)[]): string | null {
  return candidates.map((text) => cleanText(text, 500)).find((text) => text !== null) ?? null;
}

function read<T>(block: Buffer | undefined, parse: (block: Buffer) => T): T | null {
  if (block === undefined || block.length > MAX_BLOCK) return null;
  try {
    return parse(block);
  } catch {
    return null;
  }
}
