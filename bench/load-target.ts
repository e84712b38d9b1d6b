import { z } from 'zod';

/** What a load asks for, again and again. */
export const loadTarget = z.object({
  port: z.int(),
  path: z.string(),
  headers: z.record(z.string(), z.string()).default({}),
  /** That each answer must have. */
  status: z.int(),
});
export type LoadTarget = z.input<typeof loadTarget>;

/** Each has one request under way at any time. */
export const CONNECTIONS = 20;

export const loadOrder = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('start'), target: loadTarget }),
  z.object({ kind: z.literal('count') }),
  z.object({ kind: z.literal('stop') }),
]);
export type LoadOrder = z.input<typeof loadOrder>;

/** Answers so far, and when that was, in milliseconds; or what went wrong. */
export const loadAnswer = z.union([
  z.object({ answers: z.int(), at: z.number() }),
  z.object({ fault: z.string() }),
]);
export type LoadAnswer = z.infer<typeof loadAnswer>;
