import { FILE_TYPES, type FileType } from '../files/file-types.ts';

/** Pixels; those that a reader's screen chooses from. */
const WIDTHS = [320, 640, 960, 1280, 1920];

export type RenditionFormat = 'avif' | 'webp' | 'jpg' | 'png';

/** A rendering of an image, known by its name before it is made. */
export type PlannedRendition = {
  fileName: string;
  format: RenditionFormat;
  mimeType: FileType;
  /** Pixels */
  width: number;
  height: number;
};

/** What is known of a stored file. */
export type RenditionSource = {
  fileName: string;
  mimeType: string;
  width: number | null;
  height: number | null;
  frames: number | null;
  hasAlpha: boolean;
};

/**
 * All widths in each format, format by format in the order in which a browser should choose. Never wider than
 * the image; one that is narrower than the widest gets its own width too, to be sharp where it is shown whole.
 */
export function planRenditions(file: RenditionSource): PlannedRendition[] {
  const { fileName, width, height } = file;
  if (width === null || height === null) return [];
  return formatsOf(file).flatMap((format) =>
    widthsUpTo(width).map((each) => ({
      fileName: `${fileName}.${each}.${format}`,
      format,
      mimeType: FILE_TYPES[format],
      width: each,
      height: Math.max(1, Math.round((height * each) / width)),
    })),
  );
}

/** None for what scales by itself. What moves stays moving: as WebP, beside the file itself. */
export function formatsOf({ mimeType, frames, hasAlpha }: RenditionSource): RenditionFormat[] {
  if (frames === null || mimeType === 'image/svg+xml') return [];
  if (frames > 1) return ['webp'];
  const isDrawing = mimeType === 'image/png' || mimeType === 'image/gif';
  return ['avif', 'webp', isDrawing || hasAlpha ? 'png' : 'jpg'];
}

function widthsUpTo(width: number): number[] {
  const widest = WIDTHS.at(-1) ?? 0;
  const narrower = WIDTHS.filter((each) => each < width);
  return width <= widest ? [...narrower, width] : WIDTHS;
}
