import { z } from 'zod';

/** Connections that keep a server as busy as it can be. */
export const CONNECTIONS = 20;

/** What a load asks for, again and again. */
export const loadTarget = z.object({
  port: z.int(),
  path: z.string(),
  headers: z.record(z.string(), z.string()).default({}),
  /** That each answer must have. */
  status: z.int(),
  /** Whether each connection spells the path in its own way, so that no two of them share a reading. */
  isApart: z.boolean().default(false),
  /** Each has one request under way at any time. */
  connections: z.int().min(1).default(CONNECTIONS),
});
export type LoadTarget = z.input<typeof loadTarget>;
/** With all that was left out. */
export type WholeTarget = z.output<typeof loadTarget>;

export const loadOrder = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('start'), target: loadTarget }),
  z.object({ kind: z.literal('begin') }),
  z.object({ kind: z.literal('count') }),
  z.object({ kind: z.literal('stop') }),
]);
export type LoadOrder = z.input<typeof loadOrder>;
export type WholeOrder = z.output<typeof loadOrder>;

const loadCount = z.object({
  /** So far */
  answers: z.int(),
  /** When that was, in milliseconds */
  at: z.number(),
  /** Microseconds from a request to the last byte of its answer, since `begin` */
  p50: z.number(),
  p99: z.number(),
});
export type LoadCount = z.infer<typeof loadCount>;

export const loadAnswer = z.union([loadCount, z.object({ fault: z.string() })]);
export type LoadAnswer = z.infer<typeof loadAnswer>;
