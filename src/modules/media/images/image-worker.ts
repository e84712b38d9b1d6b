/**
 * The process in which everything that decodes strange bytes happens, one task at a time, so that what a decoder does
 * to its process is not done to the server. It has no environment, and so no secrets.
 */
import { writeFileSync } from 'node:fs';
import { z } from 'zod';
import { DomainError } from '../../../errors.ts';
import { cleanFile } from './clean-file.ts';
import { narrowDecoders } from './process/decoders.ts';
import { type Report, report, type Task, task } from './process/messages.ts';
import { renderFiles } from './render/render-files.ts';

narrowDecoders();
dieFirst();
// They are sent to all processes of a terminal; the server finishes its work, and says when this one may end.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => {});
// At once: an exit would wait for what is being decoded.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
process.on('message', async (message) => {
  send({ kind: 'begun' });
  send(await perform(task.parse(message)).catch(describeError));
});
send({ kind: 'ready' });

async function perform(task: Task): Promise<Report> {
  if (task.kind === 'clean') return { kind: 'done', result: await cleanFile(task.source, task.target) };
  return { kind: 'done', result: await renderFiles(task.source, task.wanted) };
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

/** Where memory runs out, Linux ends this process before the server. Elsewhere there is no such file. */
function dieFirst(): void {
  try {
    writeFileSync('/proc/self/oom_score_adj', '1000');
  } catch {}
}
