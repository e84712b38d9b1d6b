import { type CodeOf, DomainError, type Fault } from '../errors.ts';

/** Where requests name the address. */
const POINTER = '/url';

export function addressNotAllowed(): DomainError {
  return atFault(
    'address_not_allowed',
    'The address must begin with https:// and have neither a user name, a password nor a port.',
  );
}

/**
 * The same, to the letter, for whatever kept us from an answer: whoever names addresses must not learn from us
 * which hosts and ports there are in the network that we stand in.
 */
export function addressUnreachable(): DomainError {
  return atFault(
    'address_unreachable',
    'The file could not be fetched. Its address must be public, and answer in time, whole and over https with a valid certificate.',
  );
}

/** Only of what a server said that was vetted and has proved its name. */
export function answerNotUsable(message: string, details: Record<string, unknown> = {}): DomainError {
  return atFault('answer_not_usable', message, details);
}

function atFault(
  code: CodeOf<'invalid'> & Fault['code'],
  message: string,
  details: Record<string, unknown> = {},
): DomainError {
  const fault = { pointer: POINTER, code, message };
  return new DomainError('invalid', code, message, { faults: [fault], ...details });
}
