import type pg from 'pg';

/** A stored file as the database describes it. */
export type StoredMedia = {
  fileName: string;
  mimeType: string;
  /** In bytes */
  size: number;
  /** Of the stored bytes, in hexadecimal */
  sha256: string;
  /** The name under which the file is offered for download */
  originalName: string | null;
};

const PAGE_SIZE = 500;

/** These work on every schema since 0.1.0, because a backup is also made of a database that is not migrated yet. */
const COUNT = `
  SELECT (SELECT count(*) FROM media_files)::int + (SELECT count(*) FROM media_renditions)::int AS count`;

/** As FIND_FILE in serving/find-file.ts does, takes the name from the oldest media that shows the file. */
const FILES = `
  SELECT file_name AS "fileName", mime_type AS "mimeType", size, sha256, oldest.original_name AS "originalName"
  FROM media_files files
  LEFT JOIN LATERAL (
    SELECT original_name FROM media
    WHERE file_id = files.id OR id IN (SELECT media_id FROM published_media WHERE file_id = files.id)
    ORDER BY id LIMIT 1
  ) AS oldest ON true
  WHERE file_name > $1 ORDER BY file_name LIMIT ${PAGE_SIZE}`;

const RENDITIONS = `
  SELECT file_name AS "fileName", mime_type AS "mimeType", size, sha256, NULL AS "originalName"
  FROM media_renditions WHERE file_name > $1 ORDER BY file_name LIMIT ${PAGE_SIZE}`;

const IS_STORED = `
  SELECT EXISTS (SELECT FROM media_files WHERE file_name = $1)
    OR EXISTS (SELECT FROM media_renditions WHERE file_name = $1) AS "isStored"`;

export async function countStoredMedia(client: pg.ClientBase): Promise<number> {
  const { rows } = await client.query<{ count: number }>(COUNT);
  return rows[0]?.count ?? 0;
}

/** Lists every file that has a row, without holding the whole list in memory. */
export async function* listStoredMedia(client: pg.ClientBase): AsyncGenerator<StoredMedia> {
  for (const statement of [FILES, RENDITIONS]) {
    for (let after = ''; ; ) {
      const { rows } = await client.query<StoredMedia>(statement, [after]);
      yield* rows;
      const last = rows.at(-1);
      if (last === undefined || rows.length < PAGE_SIZE) break;
      after = last.fileName;
    }
  }
}

/** Whether the file has a row. Without one, its bytes may be gone. */
export async function isStoredMedia(client: pg.ClientBase, fileName: string): Promise<boolean> {
  const { rows } = await client.query<{ isStored: boolean }>(IS_STORED, [fileName]);
  return rows[0]?.isStored ?? false;
}
