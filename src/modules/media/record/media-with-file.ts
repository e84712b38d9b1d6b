import type { Prisma } from '../../../database/generated/client.ts';

/** A media row with its current file. */
export type MediaWithFile = Prisma.MediaGetPayload<{ include: typeof withFileIncluded }>;

export const withFileIncluded = { file: true } as const satisfies Prisma.MediaInclude;
