/** The accepted types, by the extension under which they are stored. */
export const FILE_TYPES = {
  png: 'image/png',
  jpg: 'image/jpeg',
  webp: 'image/webp',
  gif: 'image/gif',
  avif: 'image/avif',
  svg: 'image/svg+xml',
  mp3: 'audio/mpeg',
  m4a: 'audio/mp4',
  pdf: 'application/pdf',
} as const;

export type FileExtension = keyof typeof FILE_TYPES;
export type FileType = (typeof FILE_TYPES)[FileExtension];

export function isFileExtension(extension: string): extension is FileExtension {
  return Object.hasOwn(FILE_TYPES, extension);
}

/** Images can be figures, covers and avatars. All other files are offered for download. */
export function isImageType(mimeType: string): boolean {
  return mimeType.startsWith('image/');
}
