import type { StagedFile } from '../storage/staging.ts';

/** The value of the `file` part of a form. A class, so that a text part cannot be mistaken for it. */
export class UploadedFile {
  readonly staged: StagedFile;
  readonly originalName: string;

  constructor(staged: StagedFile, originalName: string) {
    this.staged = staged;
    this.originalName = originalName;
  }
}
