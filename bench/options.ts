import { parseArgs } from 'node:util';
import { z } from 'zod';

export const PARTS = ['start', 'schedule', 'media', 'scale', 'papers', 'freshness', 'reads'] as const;

const options = z.object({
  /** The duration of one measurement. */
  seconds: z.coerce.number().min(0.1).max(60).default(1.2),
  rounds: z.coerce.number().int().min(1).max(50).default(5),
  /** The sizes in issues of the compared archives, the smallest first. */
  sizes: z
    .string()
    .transform((list) => list.split(',').map(Number))
    .pipe(z.array(z.int().min(1_000).max(1_000_000)).min(1))
    .default([1_000, 100_000]),
  /** The sizes in papers of the compared libraries, the smallest first. A paper has five uses on average. */
  papers: z
    .string()
    .transform((list) => list.split(',').map(Number))
    .pipe(z.array(z.int().min(1_000).max(1_000_000)).min(1))
    .default([1_000, 100_000]),
  only: z
    .string()
    .transform((list) => list.split(','))
    .pipe(z.array(z.enum(PARTS)))
    .default([...PARTS]),
});
export type Options = z.infer<typeof options>;

/** Exits the process when the arguments are invalid. */
export function readOptions(args: readonly string[]): Options {
  try {
    const text = { type: 'string' } as const;
    const { values } = parseArgs({
      args: [...args],
      options: { seconds: text, rounds: text, sizes: text, papers: text, only: text },
    });
    return options.parse(values);
  } catch {
    process.stderr.write(
      `npm run bench -- [--seconds <0.1 to 60>] [--rounds <1 to 50>] [--sizes 1000,100000,1000000] [--papers 1000,100000,1000000] [--only <of ${PARTS.join(',')}>]\n`,
    );
    process.exit(2);
  }
}
