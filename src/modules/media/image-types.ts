/** The types that are taken, by the extension under which they are stored. */
export const IMAGE_TYPES = {
  png: 'image/png',
  jpg: 'image/jpeg',
  webp: 'image/webp',
  gif: 'image/gif',
  avif: 'image/avif',
} as const;

export type ImageExtension = keyof typeof IMAGE_TYPES;
export type ImageType = (typeof IMAGE_TYPES)[ImageExtension];

export function isImageExtension(extension: string): extension is ImageExtension {
  return Object.hasOwn(IMAGE_TYPES, extension);
}
