import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import type { CleanedFile, Rendering } from '../../../src/modules/media/images/image-process.ts';
import {
  type ImageProcessOptions,
  startImageProcess,
} from '../../../src/modules/media/images/start-image-process.ts';

/** Starts one image process for a test file, with a folder for its inputs and outputs. */
export function useImages(options: ImageProcessOptions = {}) {
  const pids: number[] = [];
  const losses: string[] = [];
  const images = startImageProcess({
    onStart: (pid) => pids.push(pid ?? 0),
    onCrash: (reason) => losses.push(reason),
    ...options,
  });
  let directory = '';
  let count = 0;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'masthead-images-'));
  });
  afterAll(async () => {
    await images.stop();
    await rm(directory, { recursive: true });
  });

  const newPath = () => join(directory, String(count++));
  const put = async (bytes: Uint8Array | string) => {
    const path = newPath();
    await writeFile(path, bytes);
    return path;
  };
  return {
    ...images,
    pids,
    losses,
    newPath,
    put,
    cleanBytes: async (bytes: Uint8Array | string): Promise<CleanedFile & { bytes: Buffer }> => {
      const target = newPath();
      const cleaned = await images.clean(await put(bytes), target);
      return { ...cleaned, bytes: await readFile(target) };
    },
    renderOne: async (bytes: Uint8Array, rendering: Omit<Rendering, 'path'>) => {
      const path = newPath();
      const [rendered] = await images.render(await put(bytes), [{ ...rendering, path }]);
      return { ...rendered, bytes: await readFile(path) };
    },
  };
}
