import type { Readable } from 'node:stream';

/** Where the bytes of media lie. Their names are made by us, and what lies under a name never changes. */
export type MediaStorage = {
  /**
   * Takes bytes in without a name, so that they can be looked at before anybody can read them. Fails when
   * `bytes` fails, and then keeps nothing.
   */
  stage(bytes: AsyncIterable<Uint8Array>): Promise<StagedFile>;
  /** Null: there is no such file. */
  open(fileName: string): Promise<StoredFile | null>;
  /** Does nothing when there is no such file. */
  remove(fileName: string): Promise<void>;
};

export type StagedFile = {
  /** On the local disk, for what must read the bytes by path. */
  path: string;
  /** When it resolves the file is there for good, even if the machine loses power. */
  keepAs(fileName: string): Promise<void>;
  /** Does nothing once the file is kept. */
  discard(): Promise<void>;
};

/** Whoever opened it reads `bytes` to their end or destroys them. */
export type StoredFile = { size: number; bytes: Readable };
