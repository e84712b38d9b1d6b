/** How often each fault is played. The suite plays each a few times, `npm run test:faults` many times. */
export const ROUNDS = Number(process.env.FAULT_ROUNDS ?? 12);

/** Whole numbers from 0 to below `end`: all of them, as often as there are rounds for, or as many as there are rounds. */
export function spreadOver(end: number): number[] {
  return Array.from({ length: ROUNDS }, (_, round) =>
    ROUNDS < end ? Math.floor((round * end) / ROUNDS) : round % end,
  );
}

/** Prints a figure of a fault experiment. */
export function reportFigure(what: string, values: readonly number[], unit: string): void {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => Math.round(sorted[Math.ceil(share * sorted.length) - 1] ?? 0);
  process.stdout.write(
    `${what}: median ${at(0.5)} ${unit}, p95 ${at(0.95)} ${unit}, max ${at(1)} ${unit} (${sorted.length} rounds)\n`,
  );
}
