import { type FigureName, figures } from './figures.ts';

const LIST_ENTRY = /^(- |\d+\. )/;

/**
 * Markdown in a template literal. Removes the indentation and puts each paragraph and list entry on one line, so that no
 * frontend shows the line breaks of the source code.
 */
export function markdown(strings: TemplateStringsArray, ...values: string[]): string {
  return String.raw({ raw: strings }, ...values)
    .trim()
    .split(/\n\s*\n/)
    .map(joinLines)
    .join('\n\n');
}

/** Places a figure as an image alone in its paragraph. */
export function figure(name: FigureName): string {
  return `![${figures[name].alt}](media:${name})`;
}

function joinLines(block: string): string {
  const lines = block.split('\n').map((line) => line.trim());
  return lines.reduce((text, line) => `${text}${LIST_ENTRY.test(line) ? '\n' : ' '}${line}`);
}
