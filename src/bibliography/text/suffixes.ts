const SUFFIX = /^(?:[js]r\.?|I{2,3}|IV|Ph\.? ?D\.?|[DM]\.? ?Sc\.?|Esq\.?)$/i;

/** Whether part of a name is a generation or a degree. `MD` is not among them, because it may also be initials. */
export function isSuffix(part: string): boolean {
  return SUFFIX.test(part);
}

/** Splits off a suffix at the end: `John Jr.`, `Doe, Jr.` It is empty if there is none. */
export function splitSuffix(part: string): { rest: string; suffix: string } {
  const [, rest = '', suffix = ''] = /^(.*[^\s,]),? (\S+)$/.exec(part) ?? [];
  return isSuffix(suffix) ? { rest, suffix } : { rest: part, suffix: '' };
}
