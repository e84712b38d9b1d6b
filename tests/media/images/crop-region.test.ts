import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { computeCrop, scaleRegion } from '../../../src/modules/media/images/render/crop-region.ts';

const side = fc.integer({ min: 1, max: 16_000 });
const size = fc.record({ width: side, height: side });
const fraction = fc.double({ min: 0, max: 1, noNaN: true });
const focal = fc.record({ x: fraction, y: fraction });

describe('crop regions', () => {
  test('a region lies inside the source, has the requested ratio and touches two opposite sides', () => {
    fc.assert(
      fc.property(size, size, focal, (source, wanted, focal) => {
        const { region, output } = computeCrop(source, { ...wanted, focal });
        expect(region.left + region.width).toBeLessThanOrEqual(source.width + 1e-6);
        expect(region.top + region.height).toBeLessThanOrEqual(source.height + 1e-6);
        expect(Math.min(region.left, region.top)).toBeGreaterThanOrEqual(0);
        expect(region.width / region.height).toBeCloseTo(wanted.width / wanted.height);
        expect(Math.min(source.width - region.width, source.height - region.height)).toBeCloseTo(0);
        expect(output.width).toBeLessThanOrEqual(Math.max(1, Math.round(region.width)));
        expect(output.width).toBeLessThanOrEqual(wanted.width);
      }),
    );
  });

  test('a region scaled to any image size has whole pixels and lies inside the image', () => {
    fc.assert(
      fc.property(
        size,
        size,
        focal,
        fc.double({ min: 0.001, max: 1, noNaN: true }),
        (source, wanted, focal, scale) => {
          const decoded = {
            width: Math.ceil(source.width * scale),
            height: Math.ceil(source.height * scale),
          };
          const { left, top, width, height } = scaleRegion(
            computeCrop(source, { ...wanted, focal }).region,
            source,
            decoded,
          );
          for (const each of [left, top, width, height]) expect(Number.isInteger(each)).toBe(true);
          expect(Math.min(left, top)).toBeGreaterThanOrEqual(0);
          expect(Math.min(width, height)).toBeGreaterThan(0);
          expect(left + width).toBeLessThanOrEqual(decoded.width);
          expect(top + height).toBeLessThanOrEqual(decoded.height);
        },
      ),
    );
  });

  test('a width without a height takes the whole image and keeps its ratio', () => {
    const { region, output } = computeCrop(
      { width: 4000, height: 3000 },
      { width: 320, height: null, focal: null },
    );
    expect(region).toEqual({ left: 0, top: 0, width: 4000, height: 3000 });
    expect(output).toEqual({ width: 320, height: 240 });
  });

  test('the output is narrower than requested when its height would exceed the limit of WebP', () => {
    const { output } = computeCrop(
      { width: 1000, height: 40_000 },
      { width: 960, height: null, focal: null },
    );
    expect(output).toEqual({ width: 410, height: 16_383 });
  });
});
