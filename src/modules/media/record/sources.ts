import { type PlannedVariant, planVariants, type VariantSource } from '../renditions/plan-variants.ts';
import type { ImageSource } from './schemas.ts';

/** For `<picture>`, the best format first. `base` is what goes before the name of a file in its address. */
export function sourcesOf(file: VariantSource, base: string): ImageSource[] {
  const byType = Map.groupBy(planVariants(file), ({ mimeType }) => mimeType);
  return [...byType].map(([mimeType, variants]) => ({ mimeType, srcset: toSrcset(variants, base) }));
}

function toSrcset(variants: readonly PlannedVariant[], base: string): string {
  return variants.map(({ fileName, width }) => `${base}${fileName} ${width}w`).join(', ');
}
