import { z } from 'zod';
import { ifReadable, readableOnes } from '../reading/readable.ts';

/** https://support.datacite.org/docs/api-get-doi; the fields are defined at https://schema.datacite.org */

const word = ifReadable(z.string().nullable());

const creator = z.object({
  name: word,
  givenName: word,
  familyName: word,
  nameType: word,
  nameIdentifiers: readableOnes(z.object({ nameIdentifier: z.string(), nameIdentifierScheme: z.string() })),
});
export type Creator = z.infer<typeof creator>;

const attributes = z.object({
  doi: z.string().min(1),
  titles: readableOnes(z.object({ title: z.string(), titleType: word })),
  creators: readableOnes(creator),
  publisher: ifReadable(
    z.union([z.string(), z.object({ name: z.string() }).transform((publisher) => publisher.name)]),
  ),
  container: ifReadable(
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
  publicationYear: ifReadable(z.union([z.number(), z.string()])),
  dates: readableOnes(z.object({ date: z.string(), dateType: z.string() })),
  types: ifReadable(z.object({ citeproc: word, resourceTypeGeneral: word })),
  descriptions: readableOnes(z.object({ description: z.string(), descriptionType: z.string() })),
  rightsList: readableOnes(z.object({ rights: word, rightsUri: word, rightsIdentifier: word })),
  relatedIdentifiers: readableOnes(
    z.object({ relatedIdentifier: z.string(), relatedIdentifierType: z.string(), relationType: z.string() }),
  ),
  language: word,
  version: word,
});
export type Attributes = z.infer<typeof attributes>;

export const answer = z.object({ data: z.object({ attributes }) });
