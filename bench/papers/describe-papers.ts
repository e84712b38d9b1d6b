import { MIB } from '../media/files.ts';
import { describeSubject } from '../scale/describe-scale.ts';
import { quantile } from '../statistics.ts';
import { format, wideRow } from '../table.ts';
import type { MeasuredImport } from './measure-imports.ts';
import type { MeasuredPapers } from './measure-papers.ts';

export function describePapers({ questions, imports }: MeasuredPapers): string[][] {
  return [
    [
      'Libraries of different sizes, each in its own database and with five uses per paper on average, read without a',
      'cache: one request at a time, the libraries in turn. Medians of all rounds, and ratios to the smallest with minimum',
      'and maximum. CPU is that of the server process and its PostgreSQL backends. The goal applies to the ratio of CPU.',
    ],
    ...questions.map(describeSubject),
    describeImports(imports),
  ];
}

function describeImports(imports: readonly MeasuredImport[]): string[] {
  return [
    'Imports of BibTeX with eight authors, accents and an abstract in each record: the time from the request until the',
    'import is finished, the additional resident memory of the server, and the times of cached reads meanwhile.',
    wideRow('', 'seconds', 'records/s', 'memory', 'p50 of a reader', 'p99', 'max'),
    ...imports.map(({ subject, count, seconds, memory, readers }) =>
      wideRow(
        `  ${subject}`,
        format(seconds, 1),
        format(count / seconds, 0),
        memory === null ? 'not available' : `${format(memory / MIB, 0)} MiB`,
        ...[0.5, 0.99, 1].map((share) => `${format(quantile(readers, share), 1)} ms`),
      ),
    ),
  ];
}
