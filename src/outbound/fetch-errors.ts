import { type CodeOf, DomainError, type Fault } from '../errors.ts';

/** The request member that holds the URL. */
const POINTER = '/url';

export function addressNotAllowed(): DomainError {
  return fetchFault(
    'address_not_allowed',
    'The address must start with https:// and must not have a user name, a password or a port.',
  );
}

/**
 * The message is the same for every cause. Otherwise a client could use the differences to scan the network of this host
 * for hosts and open ports.
 */
export function addressUnreachable(): DomainError {
  return fetchFault(
    'address_unreachable',
    'The file could not be fetched. Its host must be public, have a valid certificate, and send the complete file in time.',
  );
}

/** Only for responses of a public server with a valid certificate. */
export function responseNotUsable(message: string, details: Record<string, unknown> = {}): DomainError {
  return fetchFault('answer_not_usable', message, details);
}

function fetchFault(
  code: CodeOf<'invalid'> & Fault['code'],
  message: string,
  details: Record<string, unknown> = {},
): DomainError {
  const fault = { pointer: POINTER, code, message };
  return new DomainError('invalid', code, message, { faults: [fault], ...details });
}
