import type { Format } from '../../../src/bibliography/formats.ts';
import { FORMATS } from '../../../src/bibliography/formats.ts';
import { type Draw, makeDraw } from '../../draw.ts';
import { PLACES, TOKENS } from './tokens.ts';

/**
 * Generates bibliographies that are meant to be slow to read. The same seed gives the same text. Besides the repetition of each
 * token in each place there are records with repetitions of several tokens or with random tokens, files of random tokens, and
 * files of many small records.
 */

export type Bibliography = { format: Format; text: string };

/** Yields a record for each place and each token, with the token repeated. */
export function* listRepetitions(characters: number): Generator<Bibliography> {
  for (const format of FORMATS) {
    for (const place of PLACES[format]) {
      for (const token of TOKENS[format]) {
        const value = `${token.repeat(Math.ceil(characters / token.length))}]`;
        yield { format, text: writeRecord(format, place, format === 'bibtex' ? balance(value) : value) };
        // Braces protect what would separate names.
        if (format === 'bibtex')
          yield { format, text: writeRecord(format, place, `A {${balance(value)}} B`) };
      }
    }
  }
}

export function makeHostileBibliography(seed: number, characters: number): Bibliography {
  const draw = makeDraw(seed);
  const format = draw.one(FORMATS);
  const shape = draw.one([repeated, repeated, repeated, mixed, manyRecords, raw]);
  return { format, text: shape(draw, format, characters).slice(0, 2 * characters) };
}

/** A start, a few tokens that are repeated, and an end, so that a pattern begins to match and fails at the end. */
function repeat(draw: Draw, format: Format, characters: number): string {
  const some = (most: number) =>
    Array.from({ length: draw.below(most + 1) }, () => draw.one(TOKENS[format])).join('');
  const unit = some(2) + draw.one(TOKENS[format]);
  return `${some(2)}${unit.repeat(Math.ceil(characters / unit.length))}${some(2)}`;
}

function soup(draw: Draw, format: Format, characters: number): string {
  const tokens = Array.from({ length: 2 + draw.below(12) }, () => draw.one(TOKENS[format]));
  let text = '';
  while (text.length < characters) text += draw.one(tokens);
  return text;
}

function repeated(draw: Draw, format: Format, characters: number): string {
  return drawRecord(draw, format, repeat(draw, format, characters));
}

function mixed(draw: Draw, format: Format, characters: number): string {
  return drawRecord(draw, format, soup(draw, format, characters));
}

function manyRecords(draw: Draw, format: Format, characters: number): string {
  const size = 10 + draw.below(2_000);
  const records: string[] = [];
  for (let length = 0; length < characters; length += size + 30)
    records.push(drawRecord(draw, format, draw.one([repeat, soup])(draw, format, size)));
  return records.join('\n');
}

/** The start of a file without the frame of a record. */
function raw(draw: Draw, format: Format, characters: number): string {
  const start = { bibtex: '@', ris: 'TY  - JOUR\n', 'csl-json': draw.one(['[', '{']) }[format];
  return start + draw.one([repeat, soup])(draw, format, characters);
}

/** Most values of BibTeX have balanced braces, without which a value would end at once. */
function drawRecord(draw: Draw, format: Format, value: string): string {
  const isBalanced = format === 'bibtex' && draw.below(4) > 0;
  return writeRecord(format, draw.one<string>(PLACES[format]), isBalanced ? balance(value) : value);
}

function writeRecord(format: Format, place: string, value: string): string {
  switch (format) {
    case 'bibtex':
      return `@article{key, title = {A title}, ${place} = {${value}}}\n@xdata{key, ${place} = {x}}\n`;
    case 'ris':
      return `TY  - JOUR\nTI  - A title\n${place}  - ${value}\nER  - \n`;
    case 'csl-json':
      return JSON.stringify({ type: 'article-journal', title: 'A title', ...makeVariable(place, value) });
  }
}

/** Drops braces that close nothing, and closes those that are open. */
function balance(value: string): string {
  let depth = 0;
  const kept = value.replace(/\\[\s\S]|[{}]/g, (found) => {
    if (found.length > 1) return found;
    if ((found === '}' && depth === 0) || (found === '{' && depth > 90)) return '';
    depth += found === '{' ? 1 : -1;
    return found;
  });
  return `${kept.replace(/\\$/, '')}${'}'.repeat(depth)}`;
}

function makeVariable(place: string, value: string): Record<string, unknown> {
  const pieces = value.match(/[\s\S]{1,40}/g) ?? [];
  switch (place) {
    case 'family':
      return { author: [{ family: value, given: value.slice(0, 100) }] };
    case 'literal':
      return { author: pieces.map((literal) => ({ literal })) };
    case 'identifiers':
      return { custom: { identifiers: pieces } };
    case 'links':
      return { custom: { links: pieces.map((url) => ({ label: 'PDF', url, rel: 'paper' })) } };
    case 'date-parts':
      return { issued: { 'date-parts': [pieces] } };
    default:
      return { [place]: value };
  }
}
