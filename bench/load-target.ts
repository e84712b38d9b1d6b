import { z } from 'zod';

/** As many connections saturate a server. */
export const CONNECTIONS = 20;

/** The request that a load generator repeats. */
export const loadTarget = z.object({
  port: z.int(),
  path: z.string(),
  headers: z.record(z.string(), z.string()).default({}),
  /** The status that each response must have. */
  status: z.int(),
  /** Whether each connection uses a different spelling of the path, so that no two share a read. */
  isApart: z.boolean().default(false),
  /** Each connection has one pending request at any time. */
  connections: z.int().min(1).default(CONNECTIONS),
});
export type LoadTarget = z.input<typeof loadTarget>;
/** A target with its default values. */
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
  /** The number of answers so far. */
  answers: z.int(),
  /** The time of the count in milliseconds. */
  at: z.number(),
  /** Microseconds from a request to the last byte of its response, since `begin`. */
  p50: z.number(),
  p99: z.number(),
});
export type LoadCount = z.infer<typeof loadCount>;

export const loadAnswer = z.union([loadCount, z.object({ fault: z.string() })]);
export type LoadAnswer = z.infer<typeof loadAnswer>;
