import type { FaultCode, ProblemCodeOf } from './problems/catalogue.ts';

/** The kinds of refusal, each with its HTTP status. */
type StatusOf = {
  malformed: 400;
  invalid: 422;
  unauthenticated: 401;
  forbidden: 403;
  not_found: 404;
  conflict: 409;
  precondition: 412;
  precondition_required: 428;
  too_large: 413;
  unsupported: 415;
  out_of_range: 416;
  unavailable: 503;
  storage_full: 507;
};
type ErrorKind = keyof StatusOf;

/** A code of the catalogue whose status is that of the kind. */
export type CodeOf<Kind extends ErrorKind> = ProblemCodeOf<StatusOf[Kind]>;
export type Refusal = { [Kind in ErrorKind]: [kind: Kind, code: CodeOf<Kind>] }[ErrorKind];

/** One error in the input. */
export type Fault = {
  /** JSON Pointer (RFC 6901) into `in`. */
  pointer: string;
  code: FaultCode;
  message: string;
  /** The part of the request that the pointer points into, or the issue as the Admin API returns it. Default: body. */
  in?: 'query' | 'path' | 'headers' | 'issue';
  /** How to fix it. */
  remedy?: string;
};

export type ErrorDetails = { faults?: readonly Fault[] } & Record<string, unknown>;

/** A refusal that is shown to the client. `code` is stable; `message` is for people. */
export class DomainError extends Error {
  readonly kind: Refusal[0];
  readonly code: Refusal[1];
  readonly details: ErrorDetails;

  /** `options.cause` is only logged, never shown to the client. */
  constructor(
    ...[kind, code, message, details = {}, options]: [
      ...refusal: Refusal,
      message: string,
      details?: ErrorDetails,
      options?: ErrorOptions,
    ]
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

export function overloaded(): DomainError {
  return new DomainError('unavailable', 'overloaded', 'The server is overloaded. Retry in a few seconds.');
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
