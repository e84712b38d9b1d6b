import { median } from '../statistics.ts';
import { describeRatio, format, row } from '../table.ts';
import { MIB } from './files.ts';
import { FORMATS, type MeasuredDelivery } from './measure-delivery.ts';
import type { MeasuredMedia } from './measure-media.ts';
import type { MeasuredUpload } from './measure-uploads.ts';
import type { MeasuredVariants } from './measure-variants.ts';
import { PHOTO } from './photo.ts';
import type { Sizes } from './watch-memory.ts';

export function describeMedia({ uploads, variants, delivery }: MeasuredMedia): string[][] {
  return [
    describeRates(uploads),
    describeMemory(uploads),
    describeVariants(variants),
    describeDelivery(delivery),
  ];
}

function describeRates(uploads: readonly MeasuredUpload[]): string[] {
  const rate = (rates: readonly number[]) => `${format(median(rates) / MIB, 1)} MiB/s`;
  return [
    'Uploads of new files, until the last answer: medians of up to 3 rounds, and ratios with their least and most. The',
    'bare route streams the same forms to files. All are flushed to the disk. A PDF is stored as it is; a JPEG, here of',
    'pure noise, is decoded and written anew. Masthead takes 200 MiB only where it is told to.',
    row('', 'bare route', 'Masthead', 'Masthead : bare route'),
    ...uploads.map(({ subject, sink, masthead }) =>
      row(`  ${subject}`, rate(sink.rates), rate(masthead.rates), describeRatio(masthead.rates, sink.rates)),
    ),
  ];
}

function describeMemory(uploads: readonly MeasuredUpload[]): string[] {
  return [
    'Most resident memory in the first round. Idle is a server that has just started and taken a small file. What one',
    'that streams adds are the pieces that Node has not freed yet: never much more, however much is sent.',
    'Image processes are all that the server starts, to look into files and to render their variants.',
    row('', 'idle', 'peak', 'above idle', 'of the bytes sent'),
    ...uploads.flatMap(({ subject, bytes, sink, masthead }) => [
      row(`  ${subject}`),
      memoryRow('    bare route', sink, 'server', bytes),
      memoryRow('    Masthead, server', masthead, 'server', bytes),
      memoryRow('    Masthead, image processes', masthead, 'children', bytes),
    ]),
  ];
}

function memoryRow(
  name: string,
  { idle, peak }: MeasuredUpload['sink'],
  key: keyof Sizes,
  bytes: number,
): string {
  if (!idle || !peak) return row(name, 'not told here');
  const above = peak[key] - idle[key];
  const sizes = [idle[key], peak[key], above].map((size) => `${format(size / MIB, 0)} MiB`);
  return row(name, ...sizes, `${format((100 * above) / bytes, 0)} %`);
}

function describeVariants({ size, count, milliseconds, cpu, reads }: MeasuredVariants): string[] {
  const seconds = (value: number) => `${format(value / 1_000, 1)} s`;
  const wait = (key: 'p50' | 'p95') =>
    row(
      `  wait of one reader for an issue, ${key}`,
      `${format(reads.before[key], 1)} ms`,
      `${format(reads.meanwhile[key], 1)} ms`,
      format(reads.meanwhile[key] / reads.before[key], 2),
    );
  return [
    `A JPEG of ${format((PHOTO.width * PHOTO.height) / 1e6, 0)} megapixels, ${format(size / MIB, 1)} MiB`,
    row('  from the request until the answer', seconds(milliseconds.upload)),
    row(`  from there until its ${count} variants are made`, seconds(milliseconds.variants)),
    row(
      '  CPU of that, of server and image processes',
      cpu === null ? 'not told here' : `${format(cpu, 1)} s`,
    ),
    row('', 'before', 'meanwhile', 'meanwhile : before'),
    wait('p50'),
    wait('p95'),
  ];
}

function describeDelivery({ figures, uploaded, layouts }: MeasuredDelivery): string[] {
  const kilobytes = (bytes: number) => `${format(bytes / 1_000, 0)} KB`;
  const compare = (bytes: number) => `${kilobytes(bytes)} (${format(bytes / uploaded, 2)})`;
  return [
    `The ${figures} figures of the sample issue, ${kilobytes(uploaded)} as they were uploaded: what a browser loads of all, and as a`,
    'share of that. Of each figure it takes the narrowest variant that fills its pixels, or else the widest.',
    row('', ...FORMATS.map(({ name }) => name)),
    ...layouts.map(({ name, delivered }) => row(`  ${name}`, ...delivered.map(compare))),
  ];
}
