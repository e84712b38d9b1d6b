/** A backup or restore that the operator can fix. The message says what is wrong and what to do. */
export class BackupError extends Error {
  override name = 'BackupError';
}
