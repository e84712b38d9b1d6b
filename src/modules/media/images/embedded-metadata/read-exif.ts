import exifr from 'exifr';
import { z } from 'zod';

export type ExifMetadata = { description: string | null; artist: string | null; copyright: string | null };

const tag = z.string().nullable().catch(null);
const tags = z.object({ ImageDescription: tag, Artist: tag, Copyright: tag });

/** The block is a small TIFF file. In most formats `Exif` and two zero bytes precede it. */
export async function readExif(block: Buffer): Promise<ExifMetadata> {
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
  return { description: withoutCameraDefault(ImageDescription), artist: Artist, copyright: Copyright };
}

/** Cameras write their brand or the file name as description. */
const CAMERA_DEFAULT =
  /^(olympus|sony|samsung|minolta|konica|kodak|nikon|digital|camera|dsc|dcim|dji|media|default|untitled|\P{L})+$/iu;

function withoutCameraDefault(description: string | null): string | null {
  return description !== null && CAMERA_DEFAULT.test(description) ? null : description;
}
