import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { z } from 'zod';
import { candidatesOf, type Media } from './library.ts';

const UPLOADED = resolve(import.meta.dirname, '../../src/sample/figures');

/** `width` is the width in device pixels that a figure fills, by the `sizes` attribute in the HTML of an issue. */
const LAYOUTS = [
  { name: 'phone, 390 px at 3x', width: 390 * 3 },
  { name: 'desktop, 45rem at 2x', width: 720 * 2 },
  { name: 'desktop, 45rem at 1x', width: 720 },
];

/** The last one is for browsers that support neither of the others. */
export const FORMATS = [
  { name: 'AVIF', types: ['image/avif'] },
  { name: 'WebP', types: ['image/webp'] },
  { name: 'JPEG or PNG', types: ['image/jpeg', 'image/png'] },
];
type Format = (typeof FORMATS)[number];

export type MeasuredDelivery = {
  figures: number;
  /** The bytes of the uploaded files. */
  uploaded: number;
  /** The bytes of all figures, in the order of `FORMATS`. */
  layouts: { name: string; delivered: number[] }[];
};

/** Measures the bytes of the figures in a sample issue. `library` contains its media. */
export async function measureDelivery(
  origin: string,
  library: readonly Media[],
  issueUrl: string,
): Promise<MeasuredDelivery> {
  const shown = await readFigures(issueUrl);
  const figures = library.filter(({ id }) => shown.has(id));
  const layouts: MeasuredDelivery['layouts'] = [];
  for (const { name, width } of LAYOUTS) {
    const delivered: number[] = [];
    for (const format of FORMATS) {
      delivered.push(await sumOf(figures, (figure) => weigh(origin, figure, format, width)));
    }
    layouts.push({ name, delivered });
  }
  return { figures: figures.length, uploaded: await sumOf(figures, weighUpload), layouts };
}

const figure = z.object({ mediaId: z.string() });
const issue = z.object({
  cover: figure,
  sections: z.array(z.object({ items: z.array(z.object({ figures: z.array(figure) })) })),
});

/** The ids of the media in an issue. */
async function readFigures(issueUrl: string): Promise<Set<string>> {
  const { cover, sections } = issue.parse(await (await fetch(issueUrl)).json());
  const inItems = sections.flatMap(({ items }) => items.flatMap(({ figures }) => figures));
  return new Set([cover, ...inItems].map(({ mediaId }) => mediaId));
}

async function sumOf(
  figures: readonly Media[],
  measure: (figure: Media) => Promise<number>,
): Promise<number> {
  let sum = 0;
  for (const figure of figures) sum += await measure(figure);
  return sum;
}

/** The bytes that a browser loads: the narrowest candidate that is wide enough, or else the widest. */
async function weigh(
  origin: string,
  { sources, url }: Media,
  { types }: Format,
  width: number,
): Promise<number> {
  const source = sources.find(({ mimeType }) => types.includes(mimeType));
  const candidates = source ? candidatesOf(source.srcset) : [];
  const chosen = candidates.find((each) => each.width >= width) ?? candidates.at(-1);
  const path = chosen?.path ?? new URL(url).pathname;
  const { ok, headers } = await fetch(`${origin}${path}`, { method: 'HEAD' });
  const isAsAnnounced = ok && (!source || headers.get('content-type') === source.mimeType);
  if (!isAsAnnounced) throw new Error(`HEAD ${path}: ${headers.get('content-type')}`);
  return Number(headers.get('content-length'));
}

/** The media of the sample have the names of its files. */
async function weighUpload({ originalName }: Media): Promise<number> {
  return (await stat(resolve(UPLOADED, originalName ?? ''))).size;
}
