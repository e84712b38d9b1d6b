import { readFacts, renderText, type TextFacts } from '../../../src/markdown/read-text.ts';
import { composeContent } from '../../../src/modules/feeds/compose/compose-content.ts';
import { toEditionText } from '../../../src/modules/publications/edition/edition-content.ts';
import { documentExample } from '../../../src/modules/publishing/editions/edition-examples.ts';
import { editionDocument } from '../../../src/modules/publishing/editions/edition-schemas.ts';
import { parseDocument } from '../../../src/modules/publishing/editions/parse-document.ts';

/** CPU time of the event loop in milliseconds. `html` and `facts` are null if the text takes too long. */
type Passage = { ms: number; facts: TextFacts | null; html: string | null };

const actor = { kind: 'system', id: null, name: 'fuzz', role: 'admin', newsletterIds: null } as const;
const document = editionDocument.parse(documentExample);

let passages = 0;

/**
 * Reads and renders a text, and composes an edition and a feed of it, without the database. The event loop runs other work
 * between the steps, so the sum of their times is an upper bound.
 */
export async function passThrough(markdown: string): Promise<Passage> {
  // Results are cached by language and anchor. English has subtags for private use: RFC 5646, section 2.2.7.
  const anchor = `p${passages++}`;
  const place = { headingLevel: 4, language: `en-x-${anchor}` } as const;
  const start = process.threadCpuUsage();
  const facts = await readFacts({ actor }, markdown, place.language);
  const html =
    facts &&
    (await renderText({ actor }, markdown, { anchor, place, figures: new Map(), addresses: new Map() }));
  if (html !== null) {
    const edition = toEditionText({ ...document, intro: { markdown, html } });
    composeContent(parseDocument(edition.text, 'https://cms.example.org'), 'https://example.org/issues/1');
  }
  const { user, system } = process.threadCpuUsage(start);
  return { ms: (user + system) / 1_000, facts, html };
}
