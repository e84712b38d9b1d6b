import type { MediaFile } from '../../../database/generated/client.ts';
import { formatsOf } from './plan-renditions.ts';

export type RenditionsState = 'none' | 'pending' | 'ready' | 'failed';

/** Nothing is due: all were made, and nothing was tried since; or the last try failed, and it stays so. */
export function stateOfRenditions(file: MediaFile): RenditionsState {
  if (formatsOf(file).length === 0) return 'none';
  if (file.renditionsDueAt !== null) return 'pending';
  return file.renditionsTries === 0 ? 'ready' : 'failed';
}
