import { z } from 'zod';
import { lenient, lenientList } from '../reading/lenient-parsing.ts';

/** https://github.com/CrossRef/rest-api-doc/blob/master/api_format.md, with later additions */

const date = z
  .object({ 'date-parts': z.array(z.array(z.unknown())).min(1) })
  .transform((read) => read['date-parts'][0] ?? []);

const word = lenient(z.string());
const words = lenientList(z.string());

const name = z.object({ name: word, family: word, given: word, suffix: word, ORCID: word });
export type Name = z.infer<typeof name>;

const notice = z.object({ type: z.string(), DOI: word, label: word, updated: lenient(date) });
export type Notice = z.infer<typeof notice>;

const relation = z.object({ id: z.string(), 'id-type': z.string() });

const message = z.object({
  DOI: z.string().min(1),
  type: word,
  subtype: word,
  title: words,
  subtitle: words,
  author: lenientList(name),
  editor: lenientList(name),
  abstract: word,
  'container-title': words,
  'short-container-title': words,
  event: lenient(z.object({ name: word, location: word })),
  publisher: word,
  'publisher-location': word,
  volume: word,
  issue: word,
  page: word,
  'article-number': word,
  'edition-number': word,
  language: word,
  ISSN: words,
  ISBN: words,
  posted: lenient(date),
  published: lenient(date),
  issued: lenient(date),
  license: lenientList(z.object({ URL: z.string(), 'content-version': z.string().default('unspecified') })),
  'update-to': lenientList(notice),
  'updated-by': lenientList(notice),
  relation: lenient(z.record(z.string(), lenientList(relation))),
});
export type Message = z.infer<typeof message>;

export const answer = z.object({ message });
