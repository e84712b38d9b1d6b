import { finished } from 'node:stream/promises';
import type { Multipart, MultipartFile } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { RequestValidationError } from 'fastify-zod-openapi';
import type { z } from 'zod';
import { DomainError } from '../../../errors.ts';
import type { MediaLibrary } from '../library/media-library.ts';
import { type StagedFile, stageBytes } from '../storage/staging.ts';
import type { Upload } from './store-media.ts';
import { type MediaUpload, mediaReplacement, mediaUpload } from './upload-schemas.ts';
import { UploadedFile } from './uploaded-file.ts';

const LIMITS = {
  // Bytes. Longer than any field may be, so that the schema refuses a value that the parser truncates.
  fieldSize: 64 * 1024,
  parts: 50,
  headerPairs: 50,
};

/** `file` is the first part named "file"; `values` is the body to validate. */
type Form = { file: UploadedFile | null; values: Record<string, unknown> };

/** The caller must store or discard the staged file. */
export type ReceivedUpload = { staged: StagedFile; upload: Upload };

/** Receives the form of a new media file. Discards the file if the form is refused. */
export async function receiveUpload(request: FastifyRequest, library: MediaLibrary): Promise<ReceivedUpload> {
  return toUpload(await receiveForm(request, library, mediaUpload));
}

/** Receives the form that replaces a file. Discards the file if the form is refused. */
export async function receiveReplacement(
  request: FastifyRequest,
  library: MediaLibrary,
): Promise<UploadedFile> {
  return (await receiveForm(request, library, mediaReplacement)).file;
}

/** Reads the whole form, whose parts may come in any order, and validates it like any other body. */
async function receiveForm<S extends z.ZodType>(
  request: FastifyRequest,
  library: MediaLibrary,
  schema: S,
): Promise<z.infer<S>> {
  if (!request.isMultipart()) {
    throw new DomainError('unsupported', 'invalid_media_type', 'Send the file as multipart/form-data.');
  }
  const form: Form = { file: null, values: {} };
  try {
    // One byte more than allowed, so that `stageBytes` refuses the file instead of the parser truncating it.
    const limits = { ...LIMITS, fileSize: library.maxBytes + 1 };
    for await (const part of request.parts({ limits })) {
      addValue(form, part.fieldname ?? '', await readPart(form, part, library));
    }
    return parseForm(form, schema);
  } catch (error) {
    await form.file?.staged.discard();
    skipRest(request);
    throw isParserFault(error) ? malformedForm(error) : error;
  }
}

async function readPart(form: Form, part: Multipart, { storage, maxBytes }: MediaLibrary): Promise<unknown> {
  if (part.type === 'field') return part.value;
  if (part.fieldname !== 'file' || form.file) return skipFile(part);
  form.file = new UploadedFile(await stageBytes(storage, part.file, maxBytes), part.filename ?? '');
  return form.file;
}

/** Returns null, which no field of the schema accepts, so that the fault names the unexpected file. */
async function skipFile({ file }: MultipartFile): Promise<null> {
  file.resume();
  await finished(file);
  return null;
}

/** A repeated name becomes an array, which no field of the schema accepts. */
function addValue({ values }: Form, name: string, value: unknown): void {
  values[name] = Object.hasOwn(values, name) ? [values[name], value] : value;
}

function parseForm<S extends z.ZodType>({ values }: Form, schema: S): z.infer<S> {
  const { success, data, error } = schema.safeParse(values);
  if (success) return data;
  throw Object.assign(new Error('The form is invalid.'), {
    code: 'FST_ERR_VALIDATION',
    validation: error.issues.map((issue) => faultOf(issue, error)),
    validationContext: 'body',
  });
}

/** Uses the shape of Fastify's own validation errors, so that the problem looks like any other. */
function faultOf(issue: z.core.$ZodIssue, error: z.ZodError): RequestValidationError {
  const pointer = `/${issue.path.join('/')}`;
  return new RequestValidationError(issue.code, pointer, `#${pointer}`, issue.message, { issue, error });
}

function toUpload({ file, alt, caption, ...form }: MediaUpload): ReceivedUpload {
  const { creditText: text, creditUrl: url, creditLicence: licence } = form;
  const credit = text === undefined ? undefined : { text, url, licence };
  return { staged: file.staged, upload: { originalName: file.originalName, alt, caption, credit } };
}

/** Many clients read the response only after they have sent the whole body. */
function skipRest({ raw }: FastifyRequest): void {
  raw.unpipe();
  raw.resume();
}

/** The parser throws plain errors. Disk errors have a code, and our own errors have a class. */
function isParserFault(error: unknown): boolean {
  return error instanceof Error && Object.getPrototypeOf(error) === Error.prototype && !('code' in error);
}

function malformedForm(cause: unknown): Error {
  const error = new Error('The form is malformed or truncated.', { cause });
  return Object.assign(error, { statusCode: 400, code: 'malformed_form' });
}
