import type { FastifyError } from 'fastify';
import type { ProblemCode } from '../problems/catalogue.ts';

type FrameworkRefusal = { code: ProblemCode; detail: string };

/** The errors of Fastify, its plugins and the body parsers that a request can cause, by their codes. */
const REFUSALS: ReadonlyMap<string, FrameworkRefusal> = new Map([
  [
    'FST_ERR_CTP_INVALID_MEDIA_TYPE',
    { code: 'invalid_media_type', detail: 'The operation does not accept this content type.' },
  ],
  ['FST_ERR_CTP_BODY_TOO_LARGE', { code: 'body_too_large', detail: 'The body is too large.' }],
  [
    'FST_ERR_CTP_INVALID_CONTENT_LENGTH',
    { code: 'invalid_content_length', detail: 'The length of the body differs from Content-Length.' },
  ],
  ['FST_ERR_CTP_EMPTY_JSON_BODY', { code: 'empty_json_body', detail: 'The JSON body is empty.' }],
  ['FST_ERR_CTP_INVALID_JSON_BODY', { code: 'invalid_json_body', detail: 'The body is not valid JSON.' }],
  ['FST_PARTS_LIMIT', { code: 'parts_limit', detail: 'The form has too many parts.' }],
  ['FST_PROTO_VIOLATION', { code: 'proto_violation', detail: 'A field of the form has a reserved name.' }],
  ['FST_REQ_FILE_TOO_LARGE', { code: 'file_too_large', detail: 'A file of the form is too large.' }],
  ['FST_MP_PREMATURE_CLOSE', { code: 'malformed_form', detail: 'The form ends too early.' }],
  ['malformed_form', { code: 'malformed_form', detail: 'The form is malformed, or it ends too early.' }],
  ['not_utf8', { code: 'not_utf8', detail: 'The body is not valid UTF-8.' }],
]);

/** Null if the error is not a refusal of the request. */
export function findFrameworkRefusal(error: FastifyError | Error): FrameworkRefusal | null {
  if (!('statusCode' in error) || !error.statusCode) return null;
  const { code, statusCode, message } = error;
  if (statusCode < 400 || statusCode >= 500) return null;
  // Ranges of the files at /docs
  if (statusCode === 416) return { code: 'range_not_satisfiable', detail: message };
  return REFUSALS.get(code) ?? { code: 'bad_request', detail: message };
}
