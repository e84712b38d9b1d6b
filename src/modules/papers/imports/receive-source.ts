import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { Format } from '../../../bibliography/formats.ts';
import { DomainError } from '../../../errors.ts';
import { CONTENT_TYPE_ALIASES, CONTENT_TYPES } from './import-formats.ts';
import type { identifiersImport } from './import-schemas.ts';
import type { ImportSource } from './paper-import.ts';

/** Enough for about 50,000 records without abstracts. */
export const MAX_SOURCE_BYTES = 16 * 1024 * 1024;

/** A request body that is a file */
export class SourceFile {
  readonly format: Format;
  readonly text: string;

  constructor(format: Format, text: string) {
    this.format = format;
    this.text = text;
  }
}

/** Decodes bodies of these types as text. The import parses them later. */
export function parseSources(app: FastifyInstance): void {
  for (const [contentType, format] of Object.entries({ ...CONTENT_TYPES, ...CONTENT_TYPE_ALIASES })) {
    app.addContentTypeParser<Buffer>(contentType, { parseAs: 'buffer' }, (request, body, done) => {
      try {
        done(null, new SourceFile(format, decode(body, request.headers['content-type'] ?? '')));
      } catch (error) {
        done(error instanceof Error ? error : notText('is not text'));
      }
    });
  }
}

/** Decodes as UTF-8, unless the content type names another charset, which older bibliographies use. */
function decode(body: Buffer, contentType: string): string {
  const charset = /;\s*charset="?([\w-]+)/i.exec(contentType)?.[1] ?? 'utf-8';
  const text = decoderOf(charset)?.(body);
  if (text === undefined) throw notText(`has the unknown charset ${charset}; send it as UTF-8`);
  if (text === null)
    throw notText(`is not valid ${charset.toUpperCase()}; name its charset in the Content-Type header`);
  if (text.includes('\0')) throw notText('is not text, because it contains a NUL character');
  return text;
}

/** Returns undefined for an unknown charset. The decoder returns null if the bytes are invalid in the charset. */
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

function notText(reason: string): DomainError {
  return new DomainError('malformed', 'not_text', `The body ${reason}.`);
}

export function sourceOf(body: SourceFile | z.infer<typeof identifiersImport>): ImportSource {
  return body instanceof SourceFile ? body : { format: 'identifiers', ...body };
}

/** The OpenAPI schema of a body that is a file. */
export function fileSchema(example: string) {
  return z
    .instanceof(SourceFile, { error: 'must be a file of this type' })
    .meta({ override: { type: 'string' }, examples: [example] });
}
