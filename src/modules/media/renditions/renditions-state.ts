import type { MediaFile } from '../../../database/generated/client.ts';
import { formatsOf } from './plan-renditions.ts';

export type RenditionsState = 'none' | 'pending' | 'ready' | 'failed';

/** If nothing is due, either every rendition exists, or rendering was given up after too many tries. */
export function renditionsStateOf(file: MediaFile): RenditionsState {
  if (formatsOf(file).length === 0) return 'none';
  if (file.renditionsDueAt !== null) return 'pending';
  return file.renditionsTries === 0 ? 'ready' : 'failed';
}
