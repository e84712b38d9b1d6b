import { z } from 'zod';

/**
 * A query parameter that chooses from a closed list, as in `fields=title,slug`. Undefined: it was left out. A
 * name that is not of the list and a name that stands twice are faults of their own.
 */
export function selectionOf<E extends z.ZodEnum>(name: E, description: string) {
  return z
    .string()
    .max(500)
    .transform((text, check): z.infer<E>[] => {
      const words = text.split(',');
      return words.flatMap((word, at) => {
        const { data } = name.safeParse(word);
        if (data === undefined)
          refuse(`has ${JSON.stringify(word)}, which is none of ${name.options.join(', ')}`);
        else if (words.indexOf(word) < at) refuse(`names ${word} twice`);
        return data ?? [];
      });

      function refuse(message: string): void {
        check.addIssue({ code: 'custom', message, input: text });
      }
    })
    .optional()
    .meta({ sentAs: commaSeparated(name, `${description} With commas between them, each once.`) });
}

/** https://spec.openapis.org/oas/v3.1.1.html#style-values */
function commaSeparated(name: z.ZodEnum, description: string) {
  const param = { description, style: 'form', explode: false } as const;
  return z.array(name).min(1).meta({ uniqueItems: true }).optional().meta({ param });
}

/** Entries of a page at most, where each comes with its whole texts. */
const SHORT_PAGE = 20;

/** For the `refine` of a list's query that has `include`, with what it says if it does not hold. */
export function isShortWithInclude({ limit, include }: { limit: number; include?: unknown }): boolean {
  return include === undefined || limit <= SHORT_PAGE;
}

export const tooLongWithInclude: { error: string; path: PropertyKey[] } = {
  error: `must be at most ${SHORT_PAGE} with \`include\``,
  path: ['limit'],
};
