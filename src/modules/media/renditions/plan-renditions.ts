import { FILE_TYPES, type FileType } from '../files/file-types.ts';
import { MAX_SIDE_PIXELS } from '../images/process/image-limits.ts';

/** The widths from which a browser chooses */
const WIDTHS_PIXELS = [320, 640, 960, 1280, 1920];

export type RenditionFormat = 'avif' | 'webp' | 'jpg' | 'png';

/** Its name is known before it is rendered. */
export type PlannedRendition = {
  fileName: string;
  format: RenditionFormat;
  mimeType: FileType;
  /** In pixels, as `height` */
  width: number;
  height: number;
};

/** The facts about a stored file that determine its renditions */
export type RenditionSource = {
  fileName: string;
  mimeType: string;
  width: number | null;
  height: number | null;
  frames: number | null;
  hasAlpha: boolean;
};

/**
 * Plans every width in each format, in the order in which a browser should prefer the formats. No rendition is wider
 * than the image, or higher than MAX_SIDE_PIXELS. An image narrower than the widest width is also rendered at its own
 * width, to be sharp at full size.
 */
export function planRenditions(file: RenditionSource): PlannedRendition[] {
  const { fileName, width, height } = file;
  if (width === null || height === null) return [];
  return formatsOf(file).flatMap((format) =>
    widthsUpTo(widestRendition(width, height)).map((each) => ({
      fileName: `${fileName}.${each}.${format}`,
      format,
      mimeType: FILE_TYPES[format],
      width: each,
      height: Math.max(1, Math.round((height * each) / width)),
    })),
  );
}

/** An SVG has no renditions. An animation is rendered as animated WebP only. */
export function formatsOf({ mimeType, frames, hasAlpha }: RenditionSource): RenditionFormat[] {
  if (frames === null || mimeType === 'image/svg+xml') return [];
  if (frames > 1) return ['webp'];
  const isDrawing = mimeType === 'image/png' || mimeType === 'image/gif';
  return ['avif', 'webp', isDrawing || hasAlpha ? 'png' : 'jpg'];
}

function widestRendition(width: number, height: number): number {
  return Math.min(width, Math.max(1, Math.floor((MAX_SIDE_PIXELS * width) / height)));
}

function widthsUpTo(width: number): number[] {
  const widest = WIDTHS_PIXELS.at(-1) ?? 0;
  const narrower = WIDTHS_PIXELS.filter((each) => each < width);
  return width <= widest ? [...narrower, width] : WIDTHS_PIXELS;
}
