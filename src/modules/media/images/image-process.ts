import type { CleanedFile, Rendering } from './process/messages.ts';

export type { CleanedFile, Rendering };

export type RenderedFile = {
  path: string;
  /** In pixels. Images are never upscaled, so it may be smaller than requested. */
  width: number;
  height: number;
  /** In bytes */
  size: number;
  sha256: string;
};

/**
 * Decodes untrusted bytes in separate processes, so that a crash, a hang or excessive memory use of a decoder does not
 * affect the server. Uploads have two processes, of which an owner uses one at a time. Renditions have a third, so that
 * uploads do not wait for background rendering.
 */
export type ImageProcess = {
  /**
   * Detects the type from the bytes, and writes a cleaned copy to `target`. The content is synced to disk, but not the
   * directory entry. Throws a DomainError if the file is refused, also if the process crashes or exceeds its timeout.
   * Disk errors have a `code` such as ENOSPC. After an error, no file is left at `target`. Files of one owner are cleaned
   * one after the other. Throws `overloaded` if the file has waited too long.
   */
  clean(source: string, target: string, owner?: string): Promise<CleanedFile>;
  /** Renders files from a cleaned source, each to its `path`. After an error, none of the files is left. */
  render(source: string, wanted: readonly Rendering[], signal?: AbortSignal): Promise<RenderedFile[]>;
  /** Cancels the running tasks. */
  stop(): Promise<void>;
};
