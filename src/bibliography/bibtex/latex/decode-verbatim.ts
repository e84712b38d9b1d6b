import { SYMBOLS } from './latex-commands.ts';

/** For URLs and identifiers, which have no ligatures, mathematics or comments. */
export function decodeVerbatim(source: string): string {
  return source.replace(
    /\$\\sim\$|\\(text(?:asciitilde|backslash|braceleft|braceright|underscore)\b)|\\~|\\([%&#_$^{}])|[{}]/g,
    (found, command?: string, sign?: string) => {
      if (command !== undefined) return SYMBOLS.get(command) ?? '';
      return sign ?? (found === '{' || found === '}' ? '' : '~');
    },
  );
}
