import type pg from 'pg';
import { type FocalPoint, focalPointOf } from '../renditions/plan-crops.ts';
import type { RenditionSource } from '../renditions/plan-renditions.ts';

/** Bytes that the storage has. */
export type StoredBytes = {
  fileName: string;
  mimeType: string;
  /** Bytes */
  size: number;
};

export type ServedFile = StoredBytes &
  RenditionSource & {
    originalName: string | null;
    focal: FocalPoint;
    /** Its renditions and crops, as far as they are made. */
    made: readonly StoredBytes[];
    /** Nothing more is to be made of it, as far as is known, and nothing failed. */
    isSettled: boolean;
  };

type Row = Omit<ServedFile, 'focal' | 'made'> & {
  focalX: number | null;
  focalY: number | null;
  made: StoredBytes[] | null;
};

/**
 * Of several media that share the file the oldest speaks for it, be it that an edition alone shows it still;
 * renditions/find-wanted.ts asks alike.
 */
const FIND_FILE = `
  SELECT file_name AS "fileName", mime_type AS "mimeType", size, width, height, frames,
    has_alpha AS "hasAlpha", oldest.original_name AS "originalName", oldest.focal_x AS "focalX",
    oldest.focal_y AS "focalY", renditions_due_at IS NULL AND renditions_tries = 0 AS "isSettled",
    (SELECT json_agg(json_build_object(
      'fileName', renditions.file_name, 'mimeType', renditions.mime_type, 'size', renditions.size))
      FROM media_renditions renditions WHERE renditions.file_id = files.id) AS made
  FROM media_files files
  LEFT JOIN LATERAL (
    SELECT original_name, focal_x, focal_y FROM media
    WHERE file_id = files.id OR id IN (SELECT media_id FROM published_media WHERE file_id = files.id)
    ORDER BY id LIMIT 1
  ) AS oldest ON true
  WHERE file_name = $1`;

/**
 * Asked for every read, that of a rendition too: only the row says that a file is stored whole and was not
 * deleted meanwhile, on whichever node. It is one statement of indexed reads, and caches keep what it finds.
 */
export async function findFile(pool: pg.Pool, fileName: string): Promise<ServedFile | null> {
  const { rows } = await pool.query<Row>({ name: 'find media file', text: FIND_FILE, values: [fileName] });
  const [row] = rows;
  if (!row) return null;
  const { focalX, focalY, made, ...file } = row;
  return { ...file, focal: focalPointOf({ focalX, focalY }), made: made ?? [] };
}
