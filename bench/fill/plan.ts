import { randomBytes } from 'node:crypto';
import { YEARS } from './landmarks.ts';

/** The newsletter that is to be filled, and how. */
export type FillPlan = {
  slug: string;
  issues: number;
  /** Milliseconds since 1970, of the first issue */
  from: number;
  /** Milliseconds from one issue to the next */
  step: number;
  /** 9 hexadecimal digits that keep the ids of this filling apart from those of another. */
  mark: string;
};

/** Two of one kind and index are the same. */
const KINDS = ['newsletter', 'paper', 'issue', 'section', 'item', 'edition', 'event'] as const;
export type FilledKind = (typeof KINDS)[number];

const YEAR = 365.25 * 86_400_000;

export function planFilling(slug: string, issues: number): FillPlan {
  const length = YEARS * YEAR;
  return {
    slug,
    issues,
    from: Date.now() - length,
    step: length / issues,
    mark: randomBytes(5).toString('hex').slice(1),
  };
}

export function timeOf({ from, step }: FillPlan, index: number): Date {
  return new Date(Math.floor(from + index * step));
}

/** A UUIDv7 of that time, as the application would have given it: RFC 9562, 5.7. */
export function idOf(plan: FillPlan, kind: FilledKind, index: number): string {
  const stamp = timeOf(plan, index).getTime().toString(16).padStart(12, '0');
  const number = index.toString(16).padStart(6, '0');
  const place = KINDS.indexOf(kind).toString(16).padStart(3, '0');
  const { mark } = plan;
  return `${stamp.slice(0, 8)}-${stamp.slice(8)}-7${place}-8${mark.slice(0, 3)}-${mark.slice(3)}${number}`;
}
