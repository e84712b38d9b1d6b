import { median } from '../statistics.ts';
import { describeRatio, format, row } from '../table.ts';
import { MIB } from './files.ts';
import { FORMATS, type MeasuredDelivery } from './measure-delivery.ts';
import type { MeasuredMedia } from './measure-media.ts';
import type { MeasuredRenditions } from './measure-renditions.ts';
import type { MeasuredUpload } from './measure-uploads.ts';
import { PHOTO } from './photo.ts';
import type { Sizes } from './watch-memory.ts';

export function describeMedia({ uploads, renditions, delivery }: MeasuredMedia): string[][] {
  return [
    describeRates(uploads),
    describeMemory(uploads),
    describeRenditions(renditions),
    describeDelivery(delivery),
  ];
}

function describeRates(uploads: readonly MeasuredUpload[]): string[] {
  const rate = (rates: readonly number[]) => `${format(median(rates) / MIB, 1)} MiB/s`;
  return [
    'Uploads of new files until the last response: medians of up to 3 rounds, and ratios with minimum and maximum. The',
    'bare route streams the same forms to files. All files are flushed to disk. A PDF is stored unchanged. A JPEG, here',
    'pure noise, is decoded and re-encoded. Masthead accepts 200 MiB only when it is configured to.',
    row('', 'bare route', 'Masthead', 'Masthead : bare route'),
    ...uploads.map(({ subject, sink, masthead }) =>
      row(`  ${subject}`, rate(sink.rates), rate(masthead.rates), describeRatio(masthead.rates, sink.rates)),
    ),
  ];
}

function describeMemory(uploads: readonly MeasuredUpload[]): string[] {
  return [
    'Peak resident memory in the first round. Idle is a server that has just started and received a small file. A server',
    'that streams adds only the chunks that Node has not freed yet, however much is sent. Image processes are those that',
    'the server starts to inspect files and to render their renditions.',
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
  if (!idle || !peak) return row(name, 'not available');
  const above = peak[key] - idle[key];
  const sizes = [idle[key], peak[key], above].map((size) => `${format(size / MIB, 0)} MiB`);
  return row(name, ...sizes, `${format((100 * above) / bytes, 0)} %`);
}

function describeRenditions({ size, count, milliseconds, cpu, reads }: MeasuredRenditions): string[] {
  const seconds = (value: number) => `${format(value / 1_000, 1)} s`;
  const wait = (key: 'p50' | 'p95') =>
    row(
      `  read of an issue by one reader, ${key}`,
      `${format(reads.before[key], 1)} ms`,
      `${format(reads.meanwhile[key], 1)} ms`,
      format(reads.meanwhile[key] / reads.before[key], 2),
    );
  return [
    `A JPEG of ${format((PHOTO.width * PHOTO.height) / 1e6, 0)} megapixels, ${format(size / MIB, 1)} MiB`,
    row('  from the request to the response', seconds(milliseconds.upload)),
    row(`  from the response to the last of ${count} renditions`, seconds(milliseconds.renditions)),
    row('  CPU for the renditions, all processes', cpu === null ? 'not available' : `${format(cpu, 1)} s`),
    row('', 'before', 'meanwhile', 'meanwhile : before'),
    wait('p50'),
    wait('p95'),
  ];
}

function describeDelivery({ figures, uploaded, layouts }: MeasuredDelivery): string[] {
  const kilobytes = (bytes: number) => `${format(bytes / 1_000, 0)} KB`;
  const compare = (bytes: number) => `${kilobytes(bytes)} (${format(bytes / uploaded, 2)})`;
  return [
    `The ${figures} figures of the sample issue, ${kilobytes(uploaded)} as uploaded: the bytes that a browser loads, and their ratio to`,
    'the upload. For each figure it loads the narrowest rendition that is wide enough, or else the widest.',
    row('', ...FORMATS.map(({ name }) => name)),
    ...layouts.map(({ name, delivered }) => row(`  ${name}`, ...delivered.map(compare))),
  ];
}
