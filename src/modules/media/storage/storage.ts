import type { Readable } from 'node:stream';

/**
 * Stores the bytes of media files. The bytes under a name never change. If the storage is full or unreachable, its
 * methods throw a DomainError.
 */
export type MediaStorage = {
  /**
   * Folder on the local disk from which `put` takes files; it may not exist yet. A killed process leaves its files here,
   * and `sweepMedia` removes them.
   */
  stagingDirectory: string;
  /**
   * Stores a staged file under a name. When it resolves, the bytes survive a power failure; when it rejects, nothing is
   * stored under the name. Does not overwrite an existing file. May move the staged file.
   */
  put(path: string, file: FileToPut): Promise<void>;
  /** Resolves to null if the file does not exist. A range must be within the file. */
  open(fileName: string, range?: ByteRange): Promise<StoredFile | null>;
  /** Resolves to null if the file does not exist. */
  stat(fileName: string): Promise<StoredEntry | null>;
  /** Does nothing if the file does not exist. */
  remove(fileName: string): Promise<void>;
  /** Lists every file, in no particular order, without holding the whole list in memory. */
  list(): AsyncIterable<StoredEntry>;
  /** Removes the parts of unfinished uploads that began before `before`. Returns the number of uploads. */
  removeUnfinished(before: Date): Promise<number>;
  /**
   * A URL from which clients can download the file directly, and the seconds for which it is valid. Does not check that
   * the file exists. Resolves to null if the storage has no such URLs.
   */
  directUrlOf(fileName: string): Promise<{ url: string; seconds: number } | null>;
  close(): Promise<void>;
};

export type FileToPut = {
  fileName: string;
  mimeType: string;
  /** As in RFC 6266, for direct downloads */
  contentDisposition: string;
};

/** Offsets of the first and the last byte */
export type ByteRange = { start: number; end: number };

/** The caller must read `bytes` to the end or destroy the stream. `size` is the size of the whole file. */
export type StoredFile = { size: number; bytes: Readable };

export type StoredEntry = { fileName: string; size: number; modifiedAt: Date };
