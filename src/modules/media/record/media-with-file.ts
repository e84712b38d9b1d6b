import type { Prisma } from '../../../database/generated/client.ts';

/** A media with the file that it shows now. */
export type MediaWithFile = Prisma.MediaGetPayload<{ include: typeof withFileIncluded }>;

export const withFileIncluded = { file: true } as const satisfies Prisma.MediaInclude;
