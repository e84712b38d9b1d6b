import { randomBytes } from 'node:crypto';
import { YEARS } from './landmarks.ts';

/** How to fill a newsletter. */
export type FillPlan = {
  slug: string;
  issues: number;
  /** The publication time of the first issue, as Unix time in milliseconds. */
  from: number;
  /** Milliseconds from one issue to the next. */
  step: number;
  /** 9 hexadecimal digits that make the ids of this fill different from those of another. */
  mark: string;
};

/** An id depends only on the plan, the kind and the index. */
const KINDS = ['newsletter', 'paper', 'issue', 'section', 'item', 'edition', 'event'] as const;
export type FilledKind = (typeof KINDS)[number];

const YEAR_MS = 365.25 * 86_400_000;

export function planFilling(slug: string, issues: number): FillPlan {
  const durationMs = YEARS * YEAR_MS;
  return {
    slug,
    issues,
    from: Date.now() - durationMs,
    step: durationMs / issues,
    mark: randomBytes(5).toString('hex').slice(1),
  };
}

export function timeOf({ from, step }: FillPlan, index: number): Date {
  return new Date(Math.floor(from + index * step));
}

/** A UUIDv7 of the issue's time, as the application makes them (RFC 9562, section 5.7). */
export function idOf(plan: FillPlan, kind: FilledKind, index: number): string {
  const stamp = timeOf(plan, index).getTime().toString(16).padStart(12, '0');
  const number = index.toString(16).padStart(6, '0');
  const place = KINDS.indexOf(kind).toString(16).padStart(3, '0');
  const { mark } = plan;
  return `${stamp.slice(0, 8)}-${stamp.slice(8)}-7${place}-8${mark.slice(0, 3)}-${mark.slice(3)}${number}`;
}
