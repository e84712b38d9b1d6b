import { randomBytes } from 'node:crypto';

/** As a file of ours is named, whatever its bytes. */
export function nameFile(extension: string): string {
  return `${randomBytes(8).toString('hex')}-${randomBytes(12).toString('hex')}.${extension}`;
}
