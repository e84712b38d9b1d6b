import {
  type PlannedRendition,
  planRenditions,
  type RenditionSource,
} from '../renditions/plan-renditions.ts';
import type { ImageSource } from './schemas.ts';

/** For `<picture>`, the best format first. `base` is what goes before the name of a file in its address. */
export function sourcesOf(file: RenditionSource, base: string): ImageSource[] {
  const byType = Map.groupBy(planRenditions(file), ({ mimeType }) => mimeType);
  return [...byType].map(([mimeType, renditions]) => ({ mimeType, srcset: toSrcset(renditions, base) }));
}

function toSrcset(renditions: readonly PlannedRendition[], base: string): string {
  return renditions.map(({ fileName, width }) => `${base}${fileName} ${width}w`).join(', ');
}
