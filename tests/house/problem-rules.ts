import type { Sources } from './read-imports.ts';

/**
 * Finds the codes of the catalogue that no source uses. The compiler refuses the other way round: a code without an
 * entry.
 */
export function findUnusedCodes(codes: readonly string[], sources: Sources): string[] {
  const used = new Set([...sources].filter(([file]) => isUser(file)).flatMap(([, text]) => codesIn(text)));
  return codes.filter((code) => !used.has(code));
}

/** The catalogue itself and generated code use no codes. */
function isUser(file: string): boolean {
  return !file.startsWith('problems/') || file === 'problems/fault-code-of-issue.ts';
}

/** Strings that can be codes, keys whose values describe a code, and what templates make of the strings of the file. */
function codesIn(text: string): string[] {
  const code = withoutKinds(text);
  const strings = [...code.matchAll(/'([a-z][a-z0-9_]*)'/g)].map(([, word = '']) => word);
  const keys = [...code.matchAll(/^ +([a-z][a-z0-9_]*): \{/gm)].map(([, key = '']) => key);
  const templates = [...code.matchAll(/`([a-z_]*)\$\{[^}`]*\}([a-z_]*)`/g)];
  const made = templates.flatMap(([, before = '', after = '']) =>
    before === '' && after === '' ? [] : strings.map((word) => `${before}${word}${after}`),
  );
  return [...strings, ...keys, ...made];
}

/** The kind of a DomainError can be spelled like a code. */
function withoutKinds(text: string): string {
  return text.replaceAll(/\bnew DomainError\(\s*'\w+',/g, 'new DomainError(');
}
