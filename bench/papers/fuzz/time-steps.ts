import { countRecords } from '../../../src/bibliography/read-records.ts';
import { readCandidates } from '../../../src/modules/papers/imports/matching/candidate.ts';
import type { Bibliography } from './hostile-bibliography.ts';

/**
 * Reads a bibliography as an import does, and returns the CPU time of its longest step in milliseconds. Between two steps an
 * import lets other work run. CPU time does not depend on what else the machine does.
 */
export function timeLongestStep({ format, text }: Bibliography): number {
  const steps = readCandidates(text, format)[Symbol.iterator]();
  let longest = 0;
  for (let isDone = false; !isDone; ) {
    const start = cpuTime();
    isDone = takeStep(steps);
    longest = Math.max(longest, cpuTime() - start);
  }
  return longest;
}

/** A text that is not in the format at all is refused by an error. */
function takeStep(steps: Iterator<unknown>): boolean {
  try {
    return steps.next().done === true;
  } catch {
    return true;
  }
}

/** Returns the CPU time in milliseconds of counting the records, which an import does first. */
export async function timeCount({ format, text }: Bibliography): Promise<number> {
  const start = cpuTime();
  await countRecords(text, format).catch(() => 0);
  return cpuTime() - start;
}

/** Returns the CPU time in milliseconds of reading a bibliography and counting its records. */
export async function timeReading(bibliography: Bibliography): Promise<number> {
  const start = cpuTime();
  const steps = readCandidates(bibliography.text, bibliography.format)[Symbol.iterator]();
  while (!takeStep(steps));
  await countRecords(bibliography.text, bibliography.format).catch(() => 0);
  return cpuTime() - start;
}

function cpuTime(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
