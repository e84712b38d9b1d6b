/** The name of a doctoral thesis in each style. Other kinds of thesis are printed as given. */

const DOCTORAL =
  /^(?:ph\.?\s?d\.?|d\.?\s?phil\.?|doctoral|doctorate)[\s’'s]*(?:thesis|dissertation|diss\.?)?$/i;
const WORDS = { apa: 'Doctoral dissertation', ieee: 'Ph.D. dissertation', chicago: 'PhD diss.' } as const;

export function nameThesis(genre: string, style: keyof typeof WORDS): string {
  return DOCTORAL.test(genre) ? WORDS[style] : genre || 'Thesis';
}
