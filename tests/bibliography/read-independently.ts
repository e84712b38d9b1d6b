import { createRequire } from 'node:module';
import { z } from 'zod';

/** Reads with Citation.js, which has no types. A forced type keeps it from guessing and from fetching anything. */

const require = createRequire(import.meta.url);

const input = z.object({ chain: z.function({ input: [z.string(), z.unknown()], output: z.unknown() }) });
const library = z.object({ plugins: z.object({ input }) });
const items = z.array(
  z.looseObject({ title: z.string().optional(), author: z.array(z.unknown()).optional() }),
);

export function readIndependently(text: string, format: 'bibtex' | 'ris') {
  const { plugins } = library.parse(require('@citation-js/core'));
  require('@citation-js/plugin-bibtex');
  require('@citation-js/plugin-ris');
  const forceType = format === 'bibtex' ? '@bibtex/text' : '@ris/file';
  return items.parse(plugins.input.chain(text, { forceType, generateGraph: false }));
}
