const SUFFIX = /^(?:[js]r\.?|I{2,3}|IV|Ph\.? ?D\.?|[DM]\.? ?Sc\.?|Esq\.?)$/i;

/** Whether part of a name is a generation or a degree. `MD` is not among them, because it may also be initials. */
export function isSuffix(part: string): boolean {
  return SUFFIX.test(part);
}

/** In capitals these are as likely to be initials without periods, as in `Ivanov, IV` and `Smith, JR`. */
const MAYBE_INITIALS = /^(?:[JS]R|II|IV|[DM]SC)\.?$/;

/** Whether it is a suffix even if it is all that follows the family name. */
export function isSuffixAlone(part: string): boolean {
  return isSuffix(part) && !MAYBE_INITIALS.test(part);
}

/** Splits off a suffix at the end: `John Jr.`, `Doe, Jr.` It is empty if there is none. */
export function splitSuffix(part: string): { rest: string; suffix: string } {
  const [, rest = '', suffix = ''] = /^(.*[^\s,]),? (\S+)$/.exec(part) ?? [];
  return isSuffix(suffix) ? { rest, suffix } : { rest: part, suffix: '' };
}
