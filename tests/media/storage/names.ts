import { randomBytes } from 'node:crypto';

/** A random file name in the form that Masthead uses. */
export function nameFile(extension: string): string {
  return `${randomBytes(8).toString('hex')}-${randomBytes(12).toString('hex')}.${extension}`;
}
