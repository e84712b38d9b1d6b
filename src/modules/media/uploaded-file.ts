import type { ReceivedFile } from './receive-file.ts';

/** What the `file` part of a form becomes. A class, so that no text part can pass for it. */
export class UploadedFile {
  readonly received: ReceivedFile;
  readonly originalName: string;

  constructor(received: ReceivedFile, originalName: string) {
    this.received = received;
    this.originalName = originalName;
  }
}
