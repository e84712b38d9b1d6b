import type { Readable } from 'node:stream';

/**
 * Where the bytes of media lie. Their names are made by us, and what lies under a name never changes. A storage
 * that is full or out of reach throws a DomainError that says so.
 */
export type MediaStorage = {
  /**
   * A folder on the local disk from which `keep` takes files. It is made when it is first needed; what is in
   * it was not kept yet, or never will be: a process that was killed leaves it behind for `sweepMedia`.
   */
  stagingDirectory: string;
  /**
   * Stores a staged file under a name. When it resolves the bytes are there for good, even if the machine
   * loses power; when it rejects there is nothing under the name. Where the name is taken, what lies there
   * stays as it is. The staged file may be gone afterwards.
   */
  keep(path: string, file: FileToKeep): Promise<void>;
  /** Null: there is no such file. A range is of bytes that the file has. */
  open(fileName: string, range?: ByteRange): Promise<StoredFile | null>;
  /** What `open` would say of it. Null: there is no such file. */
  stat(fileName: string): Promise<StoredEntry | null>;
  /** Does nothing when there is no such file. */
  remove(fileName: string): Promise<void>;
  /** Every file, in no order, a page of them in memory at a time. */
  list(): AsyncIterable<StoredEntry>;
  /** Removes what uploads to the storage left half-way that began before `before`, and says of how many. */
  removeUnfinished(before: Date): Promise<number>;
  /**
   * An address from which readers get this file without us, and for how many seconds it is good; whether the
   * file is there is not looked up. Null: this storage has none, and `open` serves.
   */
  addressOf(fileName: string): Promise<{ url: string; seconds: number } | null>;
  close(): Promise<void>;
};

export type FileToKeep = {
  fileName: string;
  mimeType: string;
  /** RFC 6266; for who gets the file without us. */
  contentDisposition: string;
};

/** Both are offsets of bytes that are in it. */
export type ByteRange = { start: number; end: number };

/** Whoever opened it reads `bytes` to their end or destroys them. `size` is of the whole file. */
export type StoredFile = { size: number; bytes: Readable };

export type StoredEntry = { fileName: string; size: number; modifiedAt: Date };
