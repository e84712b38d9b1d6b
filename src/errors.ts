/** The kinds of refusal. http/problem.ts maps each to one HTTP status. */
export type ErrorKind =
  | 'malformed'
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'not_found'
  | 'conflict'
  | 'precondition'
  | 'precondition_required'
  | 'too_large'
  | 'unsupported'
  | 'out_of_range'
  | 'unavailable'
  | 'storage_full';

/** One error in the input. */
export type Fault = {
  /** JSON Pointer (RFC 6901) into `in`. */
  pointer: string;
  code: string;
  message: string;
  /** The part of the request that the pointer points into, or the issue as the Admin API returns it. Default: body. */
  in?: 'query' | 'path' | 'headers' | 'issue';
  /** How to fix it. */
  remedy?: string;
};

export type ErrorDetails = { faults?: readonly Fault[] } & Record<string, unknown>;

/** A refusal that is shown to the client. `code` is stable; `message` is for people. */
export class DomainError extends Error {
  readonly kind: ErrorKind;
  readonly code: string;
  readonly details: ErrorDetails;

  /** `options.cause` is only logged, never shown to the client. */
  constructor(
    kind: ErrorKind,
    code: string,
    message: string,
    details: ErrorDetails = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'DomainError';
    this.kind = kind;
    this.code = code;
    this.details = details;
  }
}

export function notFound(noun: string): DomainError {
  return new DomainError('not_found', 'not_found', `There is no such ${noun}.`);
}

export function fileTooLarge(maxBytes: number): DomainError {
  const message = `A file can have at most ${maxBytes} bytes.`;
  return new DomainError('too_large', 'file_too_large', message, { maxBytes });
}

/** The faults name each id in the body that does not exist or cannot be used in its place. */
export function unknownReference(faults: readonly Fault[]): DomainError {
  const message = 'The body refers to records that do not exist or cannot be used there.';
  return new DomainError('invalid', 'unknown_reference', message, { faults });
}

/** Builds a JSON Pointer. RFC 6901 escapes `~` and `/` inside a token. */
export function toPointer(path: readonly PropertyKey[]): string {
  return path.map((token) => `/${String(token).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
