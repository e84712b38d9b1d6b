import type { StagedFile } from '../storage/staging.ts';

/** What the `file` part of a form becomes. A class, so that no text part can pass for it. */
export class UploadedFile {
  readonly staged: StagedFile;
  readonly originalName: string;

  constructor(staged: StagedFile, originalName: string) {
    this.staged = staged;
    this.originalName = originalName;
  }
}
