import { z } from 'zod';
import { BackupError } from './backup-error.ts';
import { MANIFEST } from './layout.ts';

/** Raised when a release that reads this format could not restore the new one. */
const FORMAT = 1;

const count = z.int().min(0);

export const manifestSchema = z.object({
  format: z.literal(FORMAT),
  /** The release of Masthead that made the backup. */
  release: z.string(),
  /** The time of the snapshot by the clock of the database. */
  takenAt: z.iso.datetime(),
  /** The id of the database, which the marker in its media storage repeats. */
  installationId: z.uuid(),
  migrations: z.array(z.object({ name: z.string(), checksum: z.string() })).min(1),
  tables: z.array(z.object({ name: z.string(), columns: z.array(z.string()), rows: count })),
  sequences: z.array(z.object({ name: z.string(), lastValue: z.string().regex(/^-?\d+$/) })),
  media: z.object({
    files: count,
    bytes: count,
    /** Files that the database names and the backup does not hold. */
    missing: z.array(z.string()),
  }),
});

export type Manifest = z.infer<typeof manifestSchema>;

export const CURRENT_FORMAT: Manifest['format'] = FORMAT;

const formatOnly = z.object({ format: z.number() });

export function parseManifest(text: string): Manifest {
  const json = parseJson(text);
  const manifest = manifestSchema.safeParse(json);
  if (manifest.success) return manifest.data;
  const { data } = formatOnly.safeParse(json);
  throw new BackupError(
    data !== undefined && data.format > FORMAT
      ? `${MANIFEST} has the format ${data.format}, which this release of Masthead cannot read. Restore with a newer release.`
      : `${MANIFEST} is damaged: it is not the manifest of a backup.`,
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
