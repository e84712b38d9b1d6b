import type { Media } from '../../database/generated/client.ts';

/** Goes out as JSON of the Admin API. */
export function presentMedia(row: Media, publicUrl: string) {
  return {
    ...row,
    url: mediaAddress(row.fileName, publicUrl),
    credit: creditOf(row),
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

/** Where everybody can read the bytes. */
export function mediaAddress(fileName: string, publicUrl: string): string {
  return `${publicUrl}/media/${fileName}`;
}

export function creditOf({ creditText, creditUrl, creditLicence }: Media) {
  return creditText === null ? null : { text: creditText, url: creditUrl, licence: creditLicence };
}
