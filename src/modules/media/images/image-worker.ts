/**
 * The process that decodes untrusted bytes, one task at a time. It runs with an empty environment, so a compromised
 * decoder finds no secrets.
 */
import { readdirSync, writeFileSync } from 'node:fs';
import { getPriority, setPriority } from 'node:os';
import { z } from 'zod';
import { DomainError } from '../../../errors.ts';
import { cleanFile } from './clean-file.ts';
import { restrictDecoders } from './process/decoders.ts';
import { type Report, report, type Task, task } from './process/messages.ts';
import { renderFiles } from './render/render-files.ts';

lowerPriority(z.coerce.number().int().parse(process.argv[2]));
restrictDecoders();
preferForOomKiller();
// A terminal sends these signals to all its processes. The server decides when this process ends.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => {});
// A normal exit would wait for the running decoder.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
process.on('message', async (message) => {
  send({ kind: 'begun' });
  send(await perform(task.parse(message)).catch(describeError));
});
send({ kind: 'ready' });

async function perform(task: Task): Promise<Report> {
  if (task.kind === 'clean') {
    return { kind: 'done', result: await cleanFile(task.source, task.target, sayDrawing) };
  }
  return { kind: 'done', result: await renderFiles(task.source, task.wanted) };
}

function sayDrawing(): void {
  send({ kind: 'drawing' });
}

function describeError(error: unknown): Report {
  if (error instanceof DomainError) {
    const { kind, code, message, details } = error;
    return report.parse({ kind: 'refused', refusal: { reason: [kind, code], message, details } });
  }
  const { stack, message, code } = failure.parse(error);
  return { kind: 'failed', message: stack ?? message, code };
}

const text = z.string().optional().catch(undefined);
const failure = z
  .object({ message: z.string(), stack: text, code: text })
  .catch({ message: 'an unknown error' });

function send(message: Report): void {
  process.send?.(message);
}

/**
 * Linux has a priority for each thread. V8 has started some by now; later ones inherit it from the thread that starts
 * them. The priority of a server that runs at a lower one stays, because only root may raise it.
 */
function lowerPriority(niceness: number): void {
  if (niceness === 0 || niceness <= getPriority()) return;
  const threads = process.platform === 'linux' ? readdirSync('/proc/self/task') : [process.pid];
  for (const thread of threads) setPriorityOf(Number(thread), niceness);
}

/** A thread may have ended since it was listed. */
function setPriorityOf(thread: number, niceness: number): void {
  try {
    setPriority(thread, niceness);
  } catch (error) {
    if (!(error instanceof Error && 'info' in error && Object(error.info).code === 'ESRCH')) throw error;
  }
}

/** If memory runs out, Linux kills this process rather than the server. Other systems do not have the file. */
function preferForOomKiller(): void {
  try {
    writeFileSync('/proc/self/oom_score_adj', '1000');
  } catch {}
}
