/**
 * Text search configurations of PostgreSQL 15 and later, by the primary subtag of a BCP 47 language tag. `\dF` in psql
 * lists them.
 */
const CONFIG_OF: Record<string, string> = {
  ar: 'arabic',
  ca: 'catalan',
  da: 'danish',
  de: 'german',
  el: 'greek',
  en: 'english',
  es: 'spanish',
  eu: 'basque',
  fi: 'finnish',
  fr: 'french',
  ga: 'irish',
  hi: 'hindi',
  hu: 'hungarian',
  hy: 'armenian',
  id: 'indonesian',
  it: 'italian',
  lt: 'lithuanian',
  nb: 'norwegian',
  ne: 'nepali',
  nl: 'dutch',
  nn: 'norwegian',
  no: 'norwegian',
  pt: 'portuguese',
  ro: 'romanian',
  ru: 'russian',
  sr: 'serbian',
  sv: 'swedish',
  ta: 'tamil',
  tr: 'turkish',
  yi: 'yiddish',
};

/** The text search configuration for a BCP 47 tag. `simple` indexes words as written, if there is no stemmer. */
export function searchConfigOf(language: string): string {
  return CONFIG_OF[new Intl.Locale(language).language] ?? 'simple';
}
