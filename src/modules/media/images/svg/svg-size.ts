import { MAX_SIDE_PIXELS } from '../process/image-limits.ts';
import type { Size } from '../process/size.ts';

/** Pixels per CSS unit */
const PIXELS_PER_UNIT: Record<string, number> = {
  '': 1,
  px: 1,
  pt: 4 / 3,
  pc: 16,
  mm: 96 / 25.4,
  cm: 96 / 2.54,
  in: 96,
  q: 96 / 101.6,
};

/**
 * Finds the size as browsers do: from width and height, where a viewBox can stand in for a missing one, or from the
 * viewBox alone. A size above the limit for images is reduced at the same aspect ratio. Returns null without a size.
 */
export function findSvgSize(attributes: Record<'width' | 'height' | 'viewBox', string | null>): Size | null {
  const box = parseViewBox(attributes.viewBox);
  const [width, height] = [parseLength(attributes.width), parseLength(attributes.height)];
  if (width !== null && height !== null) return withinLimits({ width, height });
  if (box === null) return null;
  if (width !== null) return withinLimits({ width, height: (width * box.height) / box.width });
  if (height !== null) return withinLimits({ width: (height * box.width) / box.height, height });
  return withinLimits(box);
}

function parseViewBox(value: string | null): Size | null {
  const [, , width = 0, height = 0, ...more] = (value ?? '')
    .trim()
    .split(/[\s,]+/)
    .map(Number);
  return more.length === 0 && isLength(width) && isLength(height) ? { width, height } : null;
}

function parseLength(value: string | null): number | null {
  const [, number, unit = ''] = /^\s*\+?([\d.]+(?:e[+-]?\d+)?)([a-z]*)\s*$/i.exec(value ?? '') ?? [];
  const length = Number(number) * (PIXELS_PER_UNIT[unit.toLowerCase()] ?? Number.NaN);
  return isLength(length) ? length : null;
}

function isLength(value: number): boolean {
  return Number.isFinite(value) && value > 0;
}

function withinLimits({ width, height }: Size): Size {
  const scale = Math.min(1, MAX_SIDE_PIXELS / Math.max(width, height));
  return { width: atLeastOne(width * scale), height: atLeastOne(height * scale) };
}

function atLeastOne(length: number): number {
  return Math.max(1, Math.round(length));
}
