import { type FigureName, figures } from './figures.ts';

const STARTS_A_LINE = /^(- |\d+\. )/;

/**
 * Markdown written among code: without the indentation, each paragraph and each entry of a list on one line,
 * so that no frontend makes breaks of the source's.
 */
export function markdown(strings: TemplateStringsArray, ...values: string[]): string {
  return String.raw({ raw: strings }, ...values)
    .trim()
    .split(/\n\s*\n/)
    .map(joinLines)
    .join('\n\n');
}

/** A figure in its place: an image alone in its paragraph. */
export function figure(name: FigureName): string {
  return `![${figures[name].alt}](media:${name})`;
}

function joinLines(block: string): string {
  const lines = block.split('\n').map((line) => line.trim());
  return lines.reduce((text, line) => `${text}${STARTS_A_LINE.test(line) ? '\n' : ' '}${line}`);
}
