import { FILE_TYPES } from '../files/file-types.ts';
import { formatsOf, type PlannedRendition, type RenditionSource } from './plan-renditions.ts';

/** In pixels; one of the configured sizes */
export type CropSize = { width: number; height: number };

/** In percent of width and height, from the top left */
export type FocalPoint = { x: number; y: number };

/** Defaults to the centre. */
export function focalPercentOf({
  focalX,
  focalY,
}: {
  focalX: number | null;
  focalY: number | null;
}): FocalPoint {
  return { x: focalX ?? 50, y: focalY ?? 50 };
}

export type PlannedCrop = PlannedRendition & { focal: FocalPoint };

/** Only still raster images are cropped. */
export function canBeCropped(file: RenditionSource): boolean {
  return file.frames === 1 && formatsOf(file).length > 0;
}

/** Plans the crop of one size, in every format. */
export function planCrop(file: RenditionSource, size: CropSize, focal: FocalPoint): PlannedCrop[] {
  if (!canBeCropped(file)) return [];
  const { width, height } = fitInto(file, size);
  return formatsOf(file).map((format) => ({
    fileName: `${file.fileName}.${size.width}x${size.height}-${focal.x}-${focal.y}.${format}`,
    format,
    mimeType: FILE_TYPES[format],
    width,
    height,
    focal,
  }));
}

export function isCropOf({ fileName }: RenditionSource, name: string): boolean {
  return /^\.\d+x\d+-/.test(name.slice(fileName.length));
}

/** Images are never upscaled: a smaller image yields its largest region with the same aspect ratio. */
function fitInto(file: RenditionSource, size: CropSize): CropSize {
  const scale = Math.min(1, (file.width ?? 0) / size.width, (file.height ?? 0) / size.height);
  return {
    width: Math.max(1, Math.round(size.width * scale)),
    height: Math.max(1, Math.round(size.height * scale)),
  };
}
