const mediaId = /media:([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})/gi;

/** Every media id that occurs in a text, in lower case. In linear time, for texts that take too long to parse. */
export function scanMediaIds(markdown: string): string[] {
  return [...markdown.matchAll(mediaId)].flatMap(([, id]) => id?.toLowerCase() ?? []);
}
