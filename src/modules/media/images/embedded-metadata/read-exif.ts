import exifr from 'exifr';
import { z } from 'zod';

export type ExifWords = { description: string | null; artist: string | null; copyright: string | null };

const tag = z.string().nullable().catch(null);
const tags = z.object({ ImageDescription: tag, Artist: tag, Copyright: tag });

/** Its block is a small TIFF, in most formats behind the word Exif and two zeros. */
export async function readExif(block: Buffer): Promise<ExifWords> {
  const tiff = block.toString('latin1', 0, 6) === 'Exif\0\0' ? block.subarray(6) : block;
  const found: unknown = await exifr.parse(tiff, {
    tiff: true,
    ifd0: { pick: ['ImageDescription', 'Artist', 'Copyright'] },
    exif: false,
    gps: false,
    interop: false,
    ifd1: false,
  });
  const { ImageDescription, Artist, Copyright } = tags.parse(found ?? {});
  return { description: withoutMachineMade(ImageDescription), artist: Artist, copyright: Copyright };
}

/** Cameras write their own name for want of words. */
const MACHINE_MADE =
  /^(olympus|sony|samsung|minolta|konica|kodak|nikon|digital|camera|dsc|dcim|dji|media|default|untitled|\P{L})+$/iu;

function withoutMachineMade(description: string | null): string | null {
  return description !== null && MACHINE_MADE.test(description) ? null : description;
}
