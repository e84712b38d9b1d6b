/** Characters; what an index takes in any script. */
const LONGEST = 200;

/**
 * By which the same title is known again, however it is set: letters and digits alone, without case and accents.
 * Empty where it has none.
 */
export function titleKey(title: string): string {
  const letters = title
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '');
  return [...letters].slice(0, LONGEST).join('');
}
