import { z } from 'zod';
import { lenient, lenientList } from '../reading/lenient-parsing.ts';

/** https://support.datacite.org/docs/api-get-doi; the fields are defined at https://schema.datacite.org */

const text = lenient(z.string().nullable());

const creator = z.object({
  name: text,
  givenName: text,
  familyName: text,
  nameType: text,
  nameIdentifiers: lenientList(z.object({ nameIdentifier: z.string(), nameIdentifierScheme: z.string() })),
});
export type Creator = z.infer<typeof creator>;

const attributes = z.object({
  doi: z.string().min(1),
  titles: lenientList(z.object({ title: z.string(), titleType: text })),
  creators: lenientList(creator),
  publisher: lenient(
    z.union([z.string(), z.object({ name: z.string() }).transform((publisher) => publisher.name)]),
  ),
  container: lenient(
    z.object({
      title: text,
      volume: text,
      issue: text,
      firstPage: text,
      lastPage: text,
      identifier: text,
      identifierType: text,
    }),
  ),
  publicationYear: lenient(z.union([z.number(), z.string()])),
  dates: lenientList(z.object({ date: z.string(), dateType: z.string() })),
  types: lenient(z.object({ citeproc: text, resourceTypeGeneral: text })),
  descriptions: lenientList(z.object({ description: z.string(), descriptionType: z.string() })),
  rightsList: lenientList(z.object({ rights: text, rightsUri: text, rightsIdentifier: text })),
  relatedIdentifiers: lenientList(
    z.object({ relatedIdentifier: z.string(), relatedIdentifierType: z.string(), relationType: z.string() }),
  ),
  language: text,
  version: text,
});
export type Attributes = z.infer<typeof attributes>;

export const answer = z.object({ data: z.object({ attributes }) });
