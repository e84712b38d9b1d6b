import { z } from 'zod';
import { lenient, lenientList } from '../reading/lenient-parsing.ts';

/** https://support.datacite.org/docs/api-get-doi; the fields are defined at https://schema.datacite.org */

const word = lenient(z.string().nullable());

const creator = z.object({
  name: word,
  givenName: word,
  familyName: word,
  nameType: word,
  nameIdentifiers: lenientList(z.object({ nameIdentifier: z.string(), nameIdentifierScheme: z.string() })),
});
export type Creator = z.infer<typeof creator>;

const attributes = z.object({
  doi: z.string().min(1),
  titles: lenientList(z.object({ title: z.string(), titleType: word })),
  creators: lenientList(creator),
  publisher: lenient(
    z.union([z.string(), z.object({ name: z.string() }).transform((publisher) => publisher.name)]),
  ),
  container: lenient(
    z.object({
      title: word,
      volume: word,
      issue: word,
      firstPage: word,
      lastPage: word,
      identifier: word,
      identifierType: word,
    }),
  ),
  publicationYear: lenient(z.union([z.number(), z.string()])),
  dates: lenientList(z.object({ date: z.string(), dateType: z.string() })),
  types: lenient(z.object({ citeproc: word, resourceTypeGeneral: word })),
  descriptions: lenientList(z.object({ description: z.string(), descriptionType: z.string() })),
  rightsList: lenientList(z.object({ rights: word, rightsUri: word, rightsIdentifier: word })),
  relatedIdentifiers: lenientList(
    z.object({ relatedIdentifier: z.string(), relatedIdentifierType: z.string(), relationType: z.string() }),
  ),
  language: word,
  version: word,
});
export type Attributes = z.infer<typeof attributes>;

export const answer = z.object({ data: z.object({ attributes }) });
