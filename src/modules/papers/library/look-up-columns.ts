import type { Context } from '../../../context.ts';
import type { Identifier } from '../identifiers/identifier.ts';
import { toRegistryIdentifier } from '../metadata/registry/registry-identifier.ts';

type LookUpFields = { incomplete: boolean; identifiers: readonly Pick<Identifier, 'scheme' | 'value'>[] };

/**
 * Returns the columns that schedule the look-up of a paper: at once if it is incomplete and has an identifier that a
 * registry supports, otherwise never. Used for new papers, and when the identifiers or `incomplete` change.
 */
export function lookUpColumns(ctx: Context, { incomplete, identifiers }: LookUpFields) {
  const isDue = incomplete && identifiers.some((one) => toRegistryIdentifier(one) !== null);
  return { completeAt: isDue ? ctx.now : null, completeTries: 0 };
}
