import type { CleanedFile, Rendering } from './process/messages.ts';

export type { CleanedFile, Rendering };

export type RenderedFile = {
  path: string;
  /** Pixels; fewer than were wanted where the source has fewer. */
  width: number;
  height: number;
  /** Bytes. */
  size: number;
  sha256: string;
};

/**
 * Where strange bytes are decoded: in processes of their own, so that a crash, a hang or the memory of a decoder never
 * reaches the server. One takes uploads and the other one renders, so that nobody waits for pictures that nobody waits for.
 */
export type ImageProcess = {
  /**
   * Finds from the bytes alone what a file is; refuses it (DomainError) or writes what is to be kept of it to `target`,
   * durably but for its name. A file over which the process ends, or takes too long, is refused as damaged. An error of
   * the disk has its `code`, as in ENOSPC; nothing stays at `target` then.
   */
  clean(source: string, target: string): Promise<CleanedFile>;
  /** Renders files from one source that was cleaned, each to its `path`: all of them, or it throws and there are none. */
  render(source: string, wanted: readonly Rendering[], signal?: AbortSignal): Promise<RenderedFile[]>;
  /** What is under way is given up. */
  stop(): Promise<void>;
};
