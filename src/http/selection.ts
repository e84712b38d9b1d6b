import { z } from 'zod';

/**
 * A query parameter with a comma-separated list of names, such as `fields=title,slug` or, the same,
 * `fields=title&fields=slug`. Each unknown or repeated name is a separate fault. Undefined if the parameter is missing.
 */
export function selectionOf<E extends z.ZodEnum>(name: E, description: string) {
  const names = z
    .string()
    .max(500)
    .transform((text, check): z.infer<E>[] => {
      const words = text.split(',');
      return words.flatMap((word, at) => {
        const { data } = name.safeParse(word);
        if (data === undefined)
          refuse(`contains ${JSON.stringify(word)}, which is not one of ${name.options.join(', ')}`);
        else if (words.indexOf(word) < at) refuse(`contains ${word} twice`);
        return data ?? [];
      });

      function refuse(message: string): void {
        check.addIssue({ code: 'custom', message, input: text });
      }
    });
  return z
    .preprocess((given) => (Array.isArray(given) ? given.join(',') : given), names)
    .optional()
    .meta({
      sentAs: commaSeparated(name, `${description} Names are separated by commas, without duplicates.`),
    });
}

/** https://spec.openapis.org/oas/v3.1.1.html#style-values */
function commaSeparated(name: z.ZodEnum, description: string) {
  const param = { description, style: 'form', explode: false } as const;
  return z.array(name).min(1).meta({ uniqueItems: true }).optional().meta({ param });
}

/** The largest `limit` if `include` adds the content of each entry. */
const MAX_LIMIT_WITH_INCLUDE = 20;

/** A check for `refine` of list queries with `include`. Its error is `tooLongWithInclude`. */
export function isShortWithInclude({ limit, include }: { limit: number; include?: unknown }): boolean {
  return include === undefined || limit <= MAX_LIMIT_WITH_INCLUDE;
}

export const tooLongWithInclude: { error: string; path: PropertyKey[] } = {
  error: `must be at most ${MAX_LIMIT_WITH_INCLUDE} with \`include\``,
  path: ['limit'],
};
