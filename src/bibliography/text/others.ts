import { type CslName, OTHERS } from '../csl/csl.ts';

const MORE = '(?:(?:and|&) )?(?:et(?:\\.? |\\.)al(?:ii|ia|\\.)?|\\.{3,}|…)|(?:and|&) others';
const WHOLE = new RegExp(`^(?:${MORE})$`, 'i');
const AT_END = new RegExp(`^(.*[^\\s,])[, ]{1,3}(?:${MORE})$`, 'i');

/** Whether a name stands for further people: `others`, `et al.` or `...` */
export function meansOthers(name: string): boolean {
  return name === OTHERS.literal || WHOLE.test(name);
}

/** Returns the text before `et al.` or the like, or null if it does not end so. */
export function beforeOthers(text: string): string | null {
  return WHOLE.test(text) ? null : (AT_END.exec(text)?.[1] ?? null);
}

/** Only the last name of a list can stand for further people. Some lists name the last author after `...`. */
export function moveOthersLast(names: readonly CslName[]): CslName[] {
  const named = names.filter((name) => name !== OTHERS);
  return named.length < names.length ? [...named, OTHERS] : named;
}
