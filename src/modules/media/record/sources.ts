import {
  type PlannedRendition,
  planRenditions,
  type RenditionSource,
} from '../renditions/plan-renditions.ts';
import type { ImageSource } from './schemas.ts';

/** Returns the sources of a `<picture>`, best format first. `base` is the URL to which file names are appended. */
export function sourcesOf(file: RenditionSource, base: string): ImageSource[] {
  const byType = Map.groupBy(planRenditions(file), ({ mimeType }) => mimeType);
  return [...byType].map(([mimeType, renditions]) => ({ mimeType, srcset: toSrcset(renditions, base) }));
}

function toSrcset(renditions: readonly PlannedRendition[], base: string): string {
  return renditions.map(({ fileName, width }) => `${base}${fileName} ${width}w`).join(', ');
}
