import { z } from 'zod';

/** What readers ask for, as paths of the Content API. */
export const pagesOf = z.object({
  issue: z.string(),
  archive: z.string(),
  paper: z.string(),
  /** Of an issue that is not there. */
  unknown: z.string(),
});
export type Pages = z.infer<typeof pagesOf>;
