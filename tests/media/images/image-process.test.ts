import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { readdir, readFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { drawImage } from '../images.ts';
import { blankPng, diagram, photograph } from './make-images.ts';
import { useImages } from './use-images.ts';

/** Seconds of work for its decoder, on any machine. */
const slow = () => blankPng(7000, 7000);
const small = () => drawImage('png');

/** The machine may be busy. */
const patience = { timeout: 15_000 };

const isLinux = process.platform === 'linux';

/** One that has ended and was not buried yet is not alive. */
const isAlive = (pid = 0) => {
  try {
    process.kill(pid, 0);
    return !isLinux || !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
};

describe('The image process', () => {
  const images = useImages();

  test('starts with the first task, serves the next ones, and has nothing of the environment', async () => {
    expect(images.pids).toEqual([]);
    await images.cleanBytes(await small());
    await images.cleanBytes(await small());
    expect(images.pids).toHaveLength(1);
    expect(isAlive(images.pids[0])).toBe(true);
    if (!isLinux) return;
    const environment = (await readFile(`/proc/${images.pids[0]}/environ`, 'utf8'))
      .split('\0')
      .filter(Boolean);
    expect(environment.every((each) => each.startsWith('NODE_CHANNEL'))).toBe(true);
  });

  test.runIf(isLinux)('is the one that Linux ends where memory runs out', async () => {
    expect(await readFile(`/proc/${images.pids[0]}/oom_score_adj`, 'utf8')).toBe('1000\n');
  });

  test.runIf(isLinux)(
    'takes uploads one after the other, while another one of low priority renders',
    async () => {
      const source = await images.put(await photograph(1000, 600).png().toBuffer());
      const wanted = [0].map(() => ({
        path: images.newPath(),
        format: 'avif' as const,
        width: 1000,
        height: null,
        focal: null,
      }));
      const order: string[] = [];
      const rendering = images.render(source, wanted).then(() => order.push('rendered'));
      const first = images
        .cleanBytes(await diagram(600, 400).png().toBuffer())
        .then(() => order.push('first'));
      const second = images.cleanBytes(await small()).then(() => order.push('second'));
      await Promise.all([first, second]);
      const renderer = images.pids[1] ?? 0;
      const threads = await readdir(`/proc/${renderer}/task`);
      const niceness = await Promise.all(
        threads.map(async (thread) => niceOf(join(`/proc/${renderer}/task`, thread))),
      );
      await rendering;
      expect(order).toEqual(['first', 'second', 'rendered']);
      expect(images.pids).toHaveLength(2);
      expect(new Set(niceness)).toEqual(new Set([10]));
      expect(await niceOf(`/proc/${images.pids[0]}`)).toBe(0);
    },
  );

  test.runIf(isLinux)(
    'that is killed over a file refuses that one, leaves nothing of it, and serves the next',
    async () => {
      const target = images.newPath();
      const cleaning = images.clean(await images.put(slow()), target);
      const pid = images.pids[0] ?? 0;
      const before = await ticksOf(pid);
      await expect.poll(() => ticksOf(pid), patience).toBeGreaterThan(before + 10);
      process.kill(pid, 'SIGKILL');
      await expect(cleaning).rejects.toMatchObject({ name: 'DomainError', code: 'damaged_image' });
      expect(images.losses).toEqual(['It ended with SIGKILL.']);
      expect(existsSync(target)).toBe(false);
      expect(await images.cleanBytes(await small())).toMatchObject({ width: 60 });
    },
  );

  test('that is killed while it is idle serves the next file all the same', async () => {
    const pid = images.pids.at(-1) ?? 0;
    process.kill(pid, 'SIGKILL');
    // At once: this process has not heard of it yet.
    expect(await images.cleanBytes(await small())).toMatchObject({ width: 60 });
    expect(images.losses.length).toBeLessThan(2);
  });

  test('lives through the signals that a terminal sends to all', async () => {
    const pid = images.pids.at(-1) ?? 0;
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.kill(pid, signal);
    await images.cleanBytes(await small());
    expect(images.pids.at(-1)).toBe(pid);
    expect(images.losses.length).toBeLessThan(2);
  });

  test.runIf(isLinux).each([
    ['an image', async () => images.put(await small())],
    ['a file for download', async () => images.put('%PDF-1.7 '.padEnd(100_000))],
  ])('says that the disk is full, with %s', async (_what, put) => {
    const target = images.newPath();
    await symlink('/dev/full', target);
    await expect(images.clean(await put(), target)).rejects.toMatchObject({ name: 'Error', code: 'ENOSPC' });
    expect(existsSync(target)).toBe(false);
  });

  test('says of what is not there that it is not there, and not that it is damaged', async () => {
    await expect(images.clean(images.newPath(), images.newPath())).rejects.toMatchObject({ code: 'ENOENT' });
    await expect(images.render(images.newPath(), [])).rejects.toMatchObject({ code: 'ENOENT' });
  });

  test('gives up a rendering that is called off, leaves nothing of it, and makes the next', async () => {
    const source = await images.put(await photograph(1000, 600).png().toBuffer());
    const wanted = [200, 1000].map((width) => ({
      path: images.newPath(),
      format: 'avif' as const,
      width,
      height: null,
      focal: null,
    }));
    const calling = new AbortController();
    const rendering = images.render(source, wanted, calling.signal);
    await expect.poll(() => existsSync(wanted[0]?.path ?? ''), patience).toBe(true);
    calling.abort(new Error('the server stops'));
    await expect(rendering).rejects.toThrow('the server stops');
    expect(wanted.map(({ path }) => existsSync(path))).toEqual([false, false]);
    await expect(images.render(source, wanted, calling.signal)).rejects.toThrow('the server stops');
    expect(await images.render(source, wanted.slice(0, 1))).toMatchObject([{ width: 200 }]);
  });
});

describe('A time limit', () => {
  const images = useImages({ cleanWithin: 700 });

  test('ends the process over a file that takes longer, and the next file is cleaned by another', async () => {
    const target = images.newPath();
    await expect(images.clean(await images.put(slow()), target)).rejects.toMatchObject({
      code: 'damaged_image',
    });
    expect(images.losses).toEqual(['It took longer than 700 ms.']);
    expect(isAlive(images.pids[0])).toBe(false);
    expect(existsSync(target)).toBe(false);
    const fake = images.put('%PDF-1.7');
    expect(await images.clean(await fake, images.newPath())).toMatchObject({ extension: 'pdf' });
    expect(images.pids).toHaveLength(2);
  });
});

describe('An idle process', () => {
  const images = useImages({ idleAfter: 50 });

  test('ends by itself, and another one serves the next file', async () => {
    await images.cleanBytes(await small());
    await expect.poll(() => isAlive(images.pids[0]), patience).toBe(false);
    await images.cleanBytes(await small());
    expect(images.pids).toHaveLength(2);
    expect(images.losses).toEqual([]);
  });
});

describe('Stopping', () => {
  const images = useImages();

  test('gives up what is under way and what waits, and takes nothing more', async () => {
    await images.cleanBytes(await small());
    const source = await images.put(slow());
    const answers = [images.clean(source, images.newPath()), images.clean(source, images.newPath())].map(
      (each) => each.catch((error: Error) => error.message),
    );
    await images.stop();
    expect(await Promise.all(answers)).toEqual(Array(2).fill('The image process is stopped.'));
    await expect(images.clean(source, images.newPath())).rejects.toThrow('The image process is stopped.');
    expect(isAlive(images.pids[0])).toBe(false);
    expect(images.pids).toHaveLength(1);
  });
});

describe('A program that uses the image process', () => {
  const images = useImages();
  const program = `
    import { startImageProcess } from ${JSON.stringify(join(import.meta.dirname, '../../../src/modules/media/images/start-image-process.ts'))};
    const images = startImageProcess({ onStart: (pid) => console.log(pid) });
    const [source, target] = process.argv.slice(1);
    await images.clean(source, target);
  `;
  const run = async (source: string, more = '') =>
    promisify(execFile)(process.execPath, [
      '--input-type=module',
      '-e',
      program + more,
      source,
      images.newPath(),
    ]);

  test('waits for its task, and ends by itself though nobody stops anything', async () => {
    const { stdout } = await run(await images.put(await small()));
    const pid = Number(stdout);
    expect(pid).toBeGreaterThan(0);
    await expect.poll(() => isAlive(pid), patience).toBe(false);
  });

  test('takes the image process along when it is killed while it decodes', async () => {
    const source = await images.put(slow());
    const more =
      "images.clean(process.argv[1], process.argv[2]); setTimeout(() => process.kill(process.pid, 'SIGKILL'), 50);";
    const killed = await run(
      await images.put(await small()),
      more.replace('process.argv[1]', JSON.stringify(source)),
    ).catch((error) => error);
    expect(killed.signal).toBe('SIGKILL');
    await expect.poll(() => isAlive(Number(killed.stdout)), patience).toBe(false);
  });
});

const niceOf = async (directory: string) => (await readStat(directory))[16];
const ticksOf = async (pid: number) => Number((await readStat(`/proc/${pid}`))[11]);

/** What Linux says of a process or a thread: its priority, its hundredths of a second. From the third field on. */
async function readStat(directory: string): Promise<number[]> {
  const stat = await readFile(join(directory, 'stat'), 'utf8');
  return stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
}
