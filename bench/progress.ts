/** What goes on, on the error stream: the output holds results only. */
export function tellProgress(message: string): void {
  process.stderr.write(`${message}\n`);
}
