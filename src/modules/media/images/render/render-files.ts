import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { writeDurably } from '../../files/write-durably.ts';
import type { RenderedFacts, Rendering } from '../process/messages.ts';
import { type Crop, computeCrop, scaleRegion } from './crop-region.ts';
import { decodeOnce, type Pixels, toPixels } from './decode-once.ts';
import { encode } from './encode.ts';
import { inspectSource, type Source } from './inspect-source.ts';
import { renderAnimation } from './render-animation.ts';

/** Renders the files one after the other, in the given order. */
export async function renderFiles(path: string, wanted: readonly Rendering[]): Promise<RenderedFacts> {
  const source = await inspectSource(await readFile(path));
  const planned = wanted.map((rendering) => ({ rendering, crop: computeCrop(source, rendering) }));
  const stills = planned.filter(({ rendering }) => !staysAnimated(source, rendering)).map(({ crop }) => crop);
  const pixels = stills.length > 0 ? await decodeOnce(source, stills) : null;
  const rendered: RenderedFacts = [];
  for (const { rendering, crop } of planned) {
    const bytes =
      pixels === null || staysAnimated(source, rendering)
        ? await renderAnimation(source, crop)
        : await renderStill(pixels, source, { ...rendering, crop });
    rendered.push({ ...crop.output, ...(await writeDurably(rendering.path, [bytes])) });
  }
  return rendered;
}

/** Only WebP renditions that are not crops are animated. All others show the first frame. */
function staysAnimated({ frames }: Source, { format, height }: Rendering): boolean {
  return frames > 1 && format === 'webp' && height === null;
}

async function renderStill(
  { data, info }: Pixels,
  source: Source,
  { format, crop }: { format: Rendering['format']; crop: Crop },
): Promise<Buffer> {
  const { width, height } = crop.output;
  const image = sharp(data, { raw: info })
    .extract(scaleRegion(crop.region, source, info))
    .resize(width, height, { fit: 'fill' });
  return encode[format](await toPixels(image), source);
}
