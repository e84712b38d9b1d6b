const MAX_WIDTH = 110;

/** Writes compact JSON that still reads well in a diff: it indents by one space, and breaks only lines that are too long. */
export function printJson(value: unknown): string {
  return `${print(value, '', 0)}\n`;
}

/** `taken` is the number of columns of the first line that are in use. */
function print(value: unknown, indent: string, taken: number): string {
  const line = printOnOneLine(value);
  const isSimple = typeof value !== 'object' || value === null;
  if (isSimple || taken + line.length <= MAX_WIDTH) return line;
  const inner = `${indent} `;
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  const parts = entriesOf(value).map(
    ([key, part]) => `${inner}${key}${print(part, inner, inner.length + key.length + 1)}`,
  );
  return `${open}\n${parts.join(',\n')}\n${indent}${close}`;
}

function printOnOneLine(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const parts = entriesOf(value)
    .map(([key, part]) => `${key}${printOnOneLine(part)}`)
    .join(', ');
  if (Array.isArray(value)) return `[${parts}]`;
  return parts === '' ? '{}' : `{ ${parts} }`;
}

/** The entries of an object with their names as prefixes, or the entries of a list without one. */
function entriesOf(value: object): [string, unknown][] {
  if (Array.isArray(value)) return value.map((part) => ['', part]);
  return Object.entries(value)
    .filter(([, part]) => part !== undefined)
    .map(([name, part]) => [`${JSON.stringify(name)}: `, part]);
}
