const ORIGINAL_NAME_LENGTH = 200;
/** Control characters, halves of surrogate pairs, and the marks that turn the direction of text around. */
const UNSHOWABLE = /[\p{Cc}\p{Cs}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** What may be shown of the name that a file had where it came from; null when nothing is left of it. */
export function cleanOriginalName(name: string): string | null {
  const base = name.split(/[/\\]/).at(-1) ?? '';
  const shown = base.replace(UNSHOWABLE, '').trim().slice(0, ORIGINAL_NAME_LENGTH).replace(UNSHOWABLE, '');
  return shown === '' || shown === '.' || shown === '..' ? null : shown;
}
