/** Writes to standard error, because standard output contains only the results. */
export function reportProgress(message: string): void {
  process.stderr.write(`${message}\n`);
}
