import type { MediaFile } from '../../../database/generated/client.ts';
import { formatsOf } from './plan-variants.ts';

export type VariantsState = 'none' | 'pending' | 'ready' | 'failed';

/** Nothing is due: all were made, and nothing was tried since; or the last try failed, and it stays so. */
export function stateOfVariants(file: MediaFile): VariantsState {
  if (formatsOf(file).length === 0) return 'none';
  if (file.variantsDueAt !== null) return 'pending';
  return file.variantsTries === 0 ? 'ready' : 'failed';
}
