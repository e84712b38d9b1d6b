import { MIB } from '../media/files.ts';
import { describeSubject } from '../scale/describe-scale.ts';
import { quantile } from '../statistics.ts';
import { format, wideRow } from '../table.ts';
import type { MeasuredImport } from './measure-imports.ts';
import type { MeasuredPapers } from './measure-papers.ts';

export function describePapers({ questions, imports }: MeasuredPapers): string[][] {
  return [
    [
      'Libraries of different sizes, each in a database of its own and with five uses of a paper on average, asked without',
      'a cache: one request at a time, the libraries in turn; medians of all rounds, and ratios to the smallest with their',
      'least and most. CPU is of the server process and of PostgreSQL for it, and the goal is for its ratio.',
    ],
    ...questions.map(describeSubject),
    describeImports(imports),
  ];
}

function describeImports(imports: readonly MeasuredImport[]): string[] {
  return [
    'BibTeX with eight authors, accents and an abstract in each record: from the request until the background is done,',
    'what the server has resident above what it had, and how long one reader waits for a page meanwhile',
    wideRow('', 'seconds', 'records/s', 'memory', 'p50 of a reader', 'p99', 'longest'),
    ...imports.map(({ subject, count, seconds, memory, readers }) =>
      wideRow(
        `  ${subject}`,
        format(seconds, 1),
        format(count / seconds, 0),
        memory === null ? 'not told' : `${format(memory / MIB, 0)} MiB`,
        ...[0.5, 0.99, 1].map((share) => `${format(quantile(readers, share), 1)} ms`),
      ),
    ),
  ];
}
