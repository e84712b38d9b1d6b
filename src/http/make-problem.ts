import type { Fault } from '../errors.ts';
import { PROBLEMS, type ProblemCode, type Status, slugOfProblem, TITLES } from '../problems/catalogue.ts';

/** RFC 9457, with the stable `code`. `errors` is present if single values are at fault. */
export type Problem = {
  /** The page that explains the problem. Its host differs between installations. */
  type: string;
  title: string;
  status: Status;
  code: ProblemCode;
  detail: string;
  errors?: readonly Fault[];
  /** The number of faults that `errors` leaves out. */
  omittedErrors?: number;
  [extension: string]: unknown;
};

export type MakeProblem = (
  code: ProblemCode,
  detail: string,
  extensions?: Readonly<Record<string, unknown>>,
) => Problem;

/** The pages of the problems are under `publicUrl`. */
export function problemMaker(publicUrl: string): MakeProblem {
  return (code, detail, extensions = {}) => {
    const { status } = PROBLEMS[code];
    const type = `${publicUrl}/problems/${slugOfProblem(code)}`;
    return { type, title: TITLES[status], status, code, detail, ...extensions };
  };
}
