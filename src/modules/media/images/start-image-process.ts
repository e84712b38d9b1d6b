import { rm } from 'node:fs/promises';
import { DomainError } from '../../../errors.ts';
import type { ImageProcess } from './image-process.ts';
import { type LaneOptions, openLane } from './lane.ts';
import { damagedImage } from './process/image-refusals.ts';
import { cleanedFile, renderedFacts } from './process/messages.ts';
import type { Outcome } from './worker.ts';

export type ImageProcessOptions = {
  /** Milliseconds for one file. */
  cleanWithin?: number;
  /** Milliseconds for all renderings of one source. */
  renderWithin?: number;
} & Partial<Pick<LaneOptions, 'idleAfter' | 'onStart' | 'onLoss'>>;

/** Nothing is started until it is needed, and nothing keeps this process from ending but a task under way. */
export function startImageProcess({
  cleanWithin = 30_000,
  renderWithin = 300_000,
  idleAfter = 30_000,
  onStart = () => {},
  onLoss = () => {},
}: ImageProcessOptions = {}): ImageProcess {
  const common = { idleAfter, onStart, onLoss };
  const uploads = openLane({ niceness: 0, within: cleanWithin, ...common });
  // Readers come first.
  const renderings = openLane({ niceness: 10, within: renderWithin, ...common });
  return {
    clean: (source, target) =>
      orNothing([target], async () => {
        const outcome = await uploads.run({ kind: 'clean', source, target });
        if (outcome.kind === 'lost') throw damagedImage();
        return cleanedFile.parse(resultOf(outcome));
      }),
    render: (source, wanted, signal) =>
      orNothing(
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

async function orNothing<T>(paths: string[], write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    await Promise.all(paths.map((path) => rm(path, { force: true })));
    throw error;
  }
}

function resultOf(outcome: Outcome): unknown {
  if (outcome.kind === 'done') return outcome.result;
  if (outcome.kind === 'refused') {
    const { reason, message, details } = outcome.refusal;
    throw new DomainError(...reason, message, details);
  }
  if (outcome.kind === 'failed') throw Object.assign(new Error(outcome.message), { code: outcome.code });
  throw new Error(
    outcome.kind === 'lost' ? `The image process was lost: ${outcome.reason}` : 'There is no result.',
  );
}
