import { z } from 'zod';
import type { CslItem } from './csl/csl.ts';

const statuses = z.array(z.looseObject({ status: z.string() }));

/** Prefixes the title of a retracted paper, as PubMed does, so that a copied citation includes the warning. */
export function markRetracted(item: CslItem): CslItem {
  const latest = statuses.safeParse(item.custom?.statuses).data?.at(-1);
  const { title = '' } = item;
  if (latest?.status !== 'retracted' || /^retracted\b/i.test(title)) return item;
  return { ...item, title: `RETRACTED: ${title}` };
}
