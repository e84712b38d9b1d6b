const WIDTH = 30;

/**
 * Shows progress on stderr, so that stdout has only results: a growing bar on a terminal, otherwise a line for every tenth.
 */
export function progressBar(what: string): (done: number, total: number) => void {
  let shown = '';
  return (done, total) => {
    const share = total === 0 ? 1 : done / total;
    const line = process.stderr.isTTY
      ? `\r${bar(share)} ${percent(share)}%  ${done} of ${total} ${what}${done === total ? '\n' : ''}`
      : `${percent(Math.floor(share * 10) / 10)}% of ${total} ${what}\n`;
    if (line === shown) return;
    shown = line;
    process.stderr.write(line);
  };
}

function bar(share: number): string {
  return `[${'#'.repeat(Math.round(share * WIDTH)).padEnd(WIDTH, '-')}]`;
}

function percent(share: number): string {
  return String(Math.floor(share * 100)).padStart(3);
}
