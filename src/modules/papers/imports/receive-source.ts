import { isUtf8 } from 'node:buffer';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Format } from '../../../citations/formats.ts';
import { DomainError } from '../../../errors.ts';
import { CONTENT_TYPES } from './import-formats.ts';
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
  for (const [contentType, format] of Object.entries(CONTENT_TYPES)) {
    app.addContentTypeParser<Buffer>(contentType, { parseAs: 'buffer' }, (_request, body, done) => {
      if (!isUtf8(body)) return done(notStorable('not valid UTF-8'));
      const text = body.toString().replace(/^\uFEFF/, '');
      if (text.includes('\0')) return done(notStorable('not text: it holds NUL'));
      return done(null, new SourceFile(format, text));
    });
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
