import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Format } from '../../../bibliography/formats.ts';
import { DomainError } from '../../../errors.ts';
import { CONTENT_TYPES, OTHER_NAMES } from './import-formats.ts';
import type { identifiersImport } from './import-schemas.ts';
import type { ImportSource } from './paper-import.ts';

/** Bytes of a file at most: some 50,000 records without abstracts. */
export const MOST_BYTES = 16 * 1024 * 1024;

/** The file that a request is. */
export class SourceFile {
  readonly format: Format;
  readonly text: string;

  constructor(format: Format, text: string) {
    this.format = format;
    this.text = text;
  }
}

/** Bodies of these types are taken as text; they are read by whoever works on the import. */
export function parseSources(app: FastifyInstance): void {
  for (const [contentType, format] of Object.entries({ ...CONTENT_TYPES, ...OTHER_NAMES })) {
    app.addContentTypeParser<Buffer>(contentType, { parseAs: 'buffer' }, (request, body, done) => {
      try {
        done(null, new SourceFile(format, decode(body, request.headers['content-type'] ?? '')));
      } catch (error) {
        done(error instanceof Error ? error : notStorable('not text'));
      }
    });
  }
}

/** UTF-8, unless its type says another charset, as older bibliographies need. */
function decode(body: Buffer, contentType: string): string {
  const charset = /;\s*charset="?([\w-]+)/i.exec(contentType)?.[1] ?? 'utf-8';
  const text = decoderOf(charset)?.(body);
  if (text === undefined) throw notStorable(`of the charset ${charset}, which is not known`);
  if (text === null) throw notStorable(`not valid ${charset.toUpperCase()}`);
  if (text.includes('\0')) throw notStorable('not text: it holds NUL');
  return text;
}

/** Null: the bytes are none of this charset. */
function decoderOf(charset: string): ((body: Buffer) => string | null) | undefined {
  try {
    const decoder = new TextDecoder(charset, { fatal: true });
    return (body) => {
      try {
        return decoder.decode(body);
      } catch {
        return null;
      }
    };
  } catch {
    return undefined;
  }
}

function notStorable(reason: string): DomainError {
  return new DomainError('malformed', 'not_text', `The body is ${reason}.`);
}

export function sourceOf(body: SourceFile | z.infer<typeof identifiersImport>): ImportSource {
  return body instanceof SourceFile ? body : { format: 'identifiers', ...body };
}

/** Of a body of each type. */
export function fileSchema(example: string) {
  return z
    .instanceof(SourceFile, { error: 'must be a file of this type' })
    .meta({ override: { type: 'string' }, examples: [example] });
}
