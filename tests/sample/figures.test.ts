import { readdir, readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { type FigureName, figures } from '../../src/sample/content/figures.ts';

const folder = new URL('../../src/sample/figures/', import.meta.url);

const files = Object.entries(figures);

test('the folder contains exactly the files of the figures', async () => {
  const named = files.map(([, { file }]) => file);
  expect((await readdir(folder)).sort()).toEqual(named.sort());
});

test.each(files)(
  'the file of %s is a small opaque image of its declared type',
  async (name, { file, mimeType }) => {
    const bytes = await readFile(new URL(file, folder));
    const { format, width, height } = await sharp(bytes).metadata();
    expect(`image/${format}`).toBe(mimeType);
    expect(bytes.length).toBeLessThan(60_000);
    expect(width).toBe((name as FigureName) === 'mark' ? 400 : 1200);
    expect(height).toBeGreaterThanOrEqual(400);
    expect((await sharp(bytes).stats()).isOpaque).toBe(true);
  },
);
