import type { Identifier } from '../identifiers/identifier.ts';
import { toWanted } from '../metadata/registry/wanted.ts';

/** Whether a registry can be asked what an incomplete paper lacks. */
export function canBeLookedUp(identifiers: readonly Pick<Identifier, 'scheme' | 'value'>[]): boolean {
  return identifiers.some((one) => toWanted(one) !== null);
}
