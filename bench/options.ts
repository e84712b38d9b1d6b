import { parseArgs } from 'node:util';
import { z } from 'zod';

export const PARTS = ['schedule', 'media', 'reads'] as const;

const options = z.object({
  /** Of one measurement */
  seconds: z.coerce.number().min(0.1).max(60).default(1.2),
  rounds: z.coerce.number().int().min(1).max(50).default(5),
  only: z
    .string()
    .transform((list) => list.split(','))
    .pipe(z.array(z.enum(PARTS)))
    .default([...PARTS]),
});
export type Options = z.infer<typeof options>;

/** Ends the process when there is no sense in the arguments. */
export function readOptions(args: readonly string[]): Options {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { seconds: { type: 'string' }, rounds: { type: 'string' }, only: { type: 'string' } },
    });
    return options.parse(values);
  } catch {
    process.stderr.write(
      `npm run bench -- [--seconds <0.1 to 60>] [--rounds <1 to 50>] [--only <of ${PARTS.join(',')}>]\n`,
    );
    process.exit(2);
  }
}
