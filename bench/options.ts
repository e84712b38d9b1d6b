import { parseArgs } from 'node:util';
import { z } from 'zod';

const options = z.object({
  /** Of one measurement */
  seconds: z.coerce.number().min(0.1).max(60).default(1.2),
  rounds: z.coerce.number().int().min(1).max(50).default(5),
});
export type Options = z.infer<typeof options>;

/** Ends the process when there is no sense in the arguments. */
export function readOptions(args: readonly string[]): Options {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { seconds: { type: 'string' }, rounds: { type: 'string' } },
    });
    return options.parse(values);
  } catch {
    process.stderr.write('npm run bench -- [--seconds <0.1 to 60>] [--rounds <1 to 50>]\n');
    process.exit(2);
  }
}
