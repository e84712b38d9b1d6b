import { z } from 'zod';

/** Paths of the Content API that are read. */
export const pagesOf = z.object({
  issue: z.string(),
  archive: z.string(),
  paper: z.string(),
  /** The path of an issue that does not exist. */
  unknown: z.string(),
});
export type Pages = z.infer<typeof pagesOf>;
