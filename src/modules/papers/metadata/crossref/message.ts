import { z } from 'zod';
import { lenient, lenientList } from '../reading/lenient-parsing.ts';

/** https://github.com/CrossRef/rest-api-doc/blob/master/api_format.md, with later additions */

const date = z
  .object({ 'date-parts': z.array(z.array(z.unknown())).min(1) })
  .transform((read) => read['date-parts'][0] ?? []);

const text = lenient(z.string());
const texts = lenientList(z.string());

const name = z.object({ name: text, family: text, given: text, suffix: text, ORCID: text });
export type Name = z.infer<typeof name>;

const notice = z.object({ type: z.string(), DOI: text, label: text, updated: lenient(date) });
export type Notice = z.infer<typeof notice>;

const relation = z.object({ id: z.string(), 'id-type': z.string() });

const message = z.object({
  DOI: z.string().min(1),
  type: text,
  subtype: text,
  title: texts,
  subtitle: texts,
  author: lenientList(name),
  editor: lenientList(name),
  abstract: text,
  'container-title': texts,
  'short-container-title': texts,
  event: lenient(z.object({ name: text, location: text })),
  publisher: text,
  'publisher-location': text,
  volume: text,
  issue: text,
  page: text,
  'article-number': text,
  'edition-number': text,
  language: text,
  ISSN: texts,
  ISBN: texts,
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
