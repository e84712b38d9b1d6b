/** How long the schedule leaves an issue alone after an unexpected error. */
const PAUSE_MS = 10_000;

/** The issues that failed a short time ago on this node. */
export type PausedIssues = { pause(id: string): void; has(id: string): boolean; ids(): string[] };

export function makePausedIssues(): PausedIssues {
  const pausedAt = new Map<string, number>();
  return {
    pause: (id) => void pausedAt.set(id, performance.now()),
    has: (id) => pausedAt.has(id),
    /** Also forgets the issues whose pause is over. */
    ids() {
      const now = performance.now();
      for (const [id, at] of pausedAt) if (at + PAUSE_MS <= now) pausedAt.delete(id);
      return [...pausedAt.keys()];
    },
  };
}
