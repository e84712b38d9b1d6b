import { rm } from 'node:fs/promises';
import { DomainError } from '../../../errors.ts';
import { openFairQueue } from './fair-queue.ts';
import type { ImageProcess } from './image-process.ts';
import { damagedImage, fileTooSlow, svgTooComplex } from './process/image-refusals.ts';
import { cleanedFile, renderedFacts } from './process/messages.ts';
import type { Outcome } from './worker.ts';
import { openWorkerQueue, type WorkerQueueOptions } from './worker-queue.ts';

export type ImageProcessOptions = {
  /** For cleaning one file */
  cleanTimeoutMs?: number;
  /** For drawing one SVG at the size of a preview, which takes well under a second for usual drawings */
  drawTimeoutMs?: number;
  /** For all renditions of one source */
  renderTimeoutMs?: number;
  /** For a file that waits for others to be cleaned */
  maxWaitMs?: number;
} & Partial<Pick<WorkerQueueOptions, 'idleTimeoutMs' | 'onStart' | 'onCrash'>>;

/** The processes start with their first task. Only a running task keeps the server process alive. */
export function startImageProcess({
  cleanTimeoutMs = 30_000,
  drawTimeoutMs = 8_000,
  renderTimeoutMs = 300_000,
  maxWaitMs = 45_000,
  idleTimeoutMs = 30_000,
  onStart = () => {},
  onCrash = () => {},
}: ImageProcessOptions = {}): ImageProcess {
  const common = { idleTimeoutMs, onStart, onCrash };
  const limits = { ms: cleanTimeoutMs, drawingMs: drawTimeoutMs };
  const openCleaner = () => openWorkerQueue({ niceness: 0, limits, ...common });
  const uploads = openFairQueue([openCleaner(), openCleaner()], maxWaitMs);
  // Low priority, so that rendering does not slow down requests.
  const renderings = openWorkerQueue({
    niceness: 10,
    limits: { ms: renderTimeoutMs },
    ...common,
  });
  return {
    clean: (source, target, owner = '') =>
      removingOnError([target], async () => {
        const outcome = await uploads.run({ kind: 'clean', source, target }, owner);
        if (outcome.kind === 'lost') throw refusalOf(outcome);
        return cleanedFile.parse(resultOf(outcome));
      }),
    render: (source, wanted, signal) =>
      removingOnError(
        wanted.map(({ path }) => path),
        async () => {
          const outcome = await renderings.run({ kind: 'render', source, wanted }, signal);
          const rendered = renderedFacts.length(wanted.length).parse(resultOf(outcome));
          return wanted.flatMap(({ path }, i) => (rendered[i] ? [{ path, ...rendered[i] }] : []));
        },
      ),
    async stop() {
      await Promise.all([uploads.stop(), renderings.stop()]);
    },
  };
}

async function removingOnError<T>(paths: string[], write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    await Promise.all(paths.map((path) => rm(path, { force: true })));
    throw error;
  }
}

function refusalOf({ exceeded }: Outcome & { kind: 'lost' }): DomainError {
  if (exceeded === 'drawingMs') return svgTooComplex();
  return exceeded === 'ms' ? fileTooSlow() : damagedImage();
}

function resultOf(outcome: Outcome): unknown {
  if (outcome.kind === 'done') return outcome.result;
  if (outcome.kind === 'refused') {
    const { reason, message, details } = outcome.refusal;
    throw new DomainError(...reason, message, details);
  }
  if (outcome.kind === 'failed') throw Object.assign(new Error(outcome.message), { code: outcome.code });
  throw new Error(
    outcome.kind === 'lost'
      ? `The image process failed: ${outcome.reason}`
      : 'The image process sent no result.',
  );
}
