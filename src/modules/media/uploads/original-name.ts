const MAX_NAME_LENGTH = 200;
/** Control characters, lone surrogates, and bidirectional formatting characters. */
const UNSHOWABLE = /[\p{Cc}\p{Cs}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** Returns a name that is safe to display, without folders, or null if nothing is left. */
export function cleanOriginalName(name: string): string | null {
  const base = name.split(/[/\\]/).at(-1) ?? '';
  const shown = base.replace(UNSHOWABLE, '').trim().slice(0, MAX_NAME_LENGTH).replace(UNSHOWABLE, '');
  return shown === '' || shown === '.' || shown === '..' ? null : shown;
}
