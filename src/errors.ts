import type { FaultCode, ProblemCodeOf } from './problems/catalogue.ts';

/** The ways in which a request can be refused, each with its HTTP status. */
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

/** One thing at fault in the input. */
export type Fault = {
  /** RFC 6901, from the root of `in`. */
  pointer: string;
  code: FaultCode;
  message: string;
  /** What the pointer points into: a part of the request, or the issue as the Admin API shows it. Left out: the body. */
  in?: 'query' | 'path' | 'headers' | 'issue';
  /** How to mend it. */
  remedy?: string;
};

export type ErrorDetails = { faults?: readonly Fault[] } & Record<string, unknown>;

/** A refusal that the client may see whole: code is stable, message is for people. */
export class DomainError extends Error {
  readonly kind: Refusal[0];
  readonly code: Refusal[1];
  readonly details: ErrorDetails;

  /** The cause is for the log: the client does not see it. */
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
  const message = `A file may have ${maxBytes} bytes at most.`;
  return new DomainError('too_large', 'file_too_large', message, { maxBytes });
}

/** For ids in the body: each that nothing has, or nothing fit for its place, is a fault. */
export function unknownReference(faults: readonly Fault[]): DomainError {
  const message = 'The body refers to records that do not exist or cannot stand there.';
  return new DomainError('invalid', 'unknown_reference', message, { faults });
}

/** RFC 6901: `~` and `/` inside a token are escaped. */
export function toPointer(path: readonly PropertyKey[]): string {
  return path.map((token) => `/${String(token).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
