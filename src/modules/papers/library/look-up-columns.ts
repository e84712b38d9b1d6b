import type { Context } from '../../../context.ts';
import type { Identifier } from '../identifiers/identifier.ts';
import { toWanted } from '../metadata/registry/wanted.ts';

type Sought = { incomplete: boolean; identifiers: readonly Pick<Identifier, 'scheme' | 'value'>[] };

/**
 * When the registries are asked about a paper: at once if it is incomplete and a registry takes one of its identifiers,
 * otherwise never. Holds for a new paper, and again whenever the identifiers are replaced or the paper is completed.
 */
export function lookUpColumns(ctx: Context, { incomplete, identifiers }: Sought) {
  const isDue = incomplete && identifiers.some((one) => toWanted(one) !== null);
  return { completeAt: isDue ? ctx.now : null, completeTries: 0 };
}
