import type { FileExtension, FileType } from '../file-types.ts';
import type { VariantFormat } from '../variants/plan-variants.ts';

/** What looks into files that strangers sent. */
export type ImageProcess = {
  /** Finds from the bytes alone what a file is, and refuses it or writes what is to be kept of it to `target`. */
  clean(source: string, target: string): Promise<CleanedFile>;
  render(source: string, wanted: readonly Rendering[], signal?: AbortSignal): Promise<RenderedFile[]>;
  stop(): Promise<void>;
};

export type CleanedFile = {
  extension: FileExtension;
  mimeType: FileType;
  width: number | null;
  height: number | null;
  frames: number | null;
  hasAlpha: boolean;
  thumbhash: string | null;
  placeholder: string | null;
  words: { alt: string | null; caption: string | null; credit: string | null };
};

export type Rendering = {
  path: string;
  format: VariantFormat;
  width: number;
  height: number | null;
  focal: { x: number; y: number } | null;
};

export type RenderedFile = { path: string; width: number; height: number; size: number; sha256: string };
