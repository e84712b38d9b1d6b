import type pg from 'pg';
import { type FocalPoint, focalPercentOf } from '../renditions/plan-crops.ts';
import type { RenditionSource } from '../renditions/plan-renditions.ts';

/** A file in the storage */
export type StoredBytes = {
  fileName: string;
  mimeType: string;
  /** In bytes */
  size: number;
};

export type ServedFile = StoredBytes &
  RenditionSource & {
    originalName: string | null;
    focal: FocalPoint;
    /** The existing renditions and crops */
    renditions: readonly StoredBytes[];
    /** No rendering is due, and none has failed. */
    isSettled: boolean;
  };

type Row = Omit<ServedFile, 'focal' | 'renditions'> & {
  focalX: number | null;
  focalY: number | null;
  renditions: StoredBytes[] | null;
};

/**
 * If several media share the file, the oldest one determines its name and focal point, even if only an edition still
 * refers to the file. `findFocalPoint` in rendering/diff-renditions.ts must choose the same media.
 */
const FIND_FILE = `
  SELECT file_name AS "fileName", mime_type AS "mimeType", size, width, height, frames,
    has_alpha AS "hasAlpha", oldest.original_name AS "originalName", oldest.focal_x AS "focalX",
    oldest.focal_y AS "focalY", renditions_due_at IS NULL AND renditions_tries = 0 AS "isSettled",
    (SELECT json_agg(json_build_object(
      'fileName', renditions.file_name, 'mimeType', renditions.mime_type, 'size', renditions.size))
      FROM media_renditions renditions WHERE renditions.file_id = files.id) AS renditions
  FROM media_files files
  LEFT JOIN LATERAL (
    SELECT original_name, focal_x, focal_y FROM media
    WHERE file_id = files.id OR id IN (SELECT media_id FROM published_media WHERE file_id = files.id)
    ORDER BY id LIMIT 1
  ) AS oldest ON true
  WHERE file_name = $1`;

/**
 * Runs for every read, also of a rendition: only the row proves that the file is stored completely and that no node
 * has deleted it. The statement uses only indexes, and HTTP caches keep the response.
 */
export async function findFile(pool: pg.Pool, fileName: string): Promise<ServedFile | null> {
  const { rows } = await pool.query<Row>({ name: 'find media file', text: FIND_FILE, values: [fileName] });
  const [row] = rows;
  if (!row) return null;
  const { focalX, focalY, renditions, ...file } = row;
  return { ...file, focal: focalPercentOf({ focalX, focalY }), renditions: renditions ?? [] };
}
