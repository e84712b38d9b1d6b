import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { readdir, readFile, symlink } from 'node:fs/promises';
import { getPriority } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { drawImage } from '../images.ts';
import { blankPng, diagram, photograph, SLOW_DRAWINGS } from './make-images.ts';
import { useImages } from './use-images.ts';

/** An image that takes seconds to decode on any machine. */
const slow = () => blankPng(7000, 7000);
const small = () => drawImage('png');

const isLinux = process.platform === 'linux';

/** A zombie process does not count as alive. */
const isAlive = (pid = 0) => {
  try {
    process.kill(pid, 0);
    return !isLinux || !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
};

describe('image process', () => {
  const images = useImages();

  test('one process starts with the first task, serves all tasks and inherits no environment', async () => {
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

  test.runIf(isLinux)('Linux kills the image process first when memory runs out', async () => {
    expect(await readFile(`/proc/${images.pids[0]}/oom_score_adj`, 'utf8')).toBe('1000\n');
  });

  test.runIf(isLinux)(
    'uploads are cleaned one by one while a second process renders at low priority',
    async () => {
      const source = await images.put(await photograph(1000, 600).png().toBuffer());
      const uploads = [
        await images.put(await diagram(600, 400).png().toBuffer()),
        await images.put(await small()),
      ];
      // More than a second process renders while two files are cleaned.
      const wanted = Array.from({ length: 100 }, () => ({
        path: images.newPath(),
        format: 'avif' as const,
        width: 1000,
        height: null,
        focal: null,
      }));
      const calling = new AbortController();
      const order: string[] = [];
      const rendering = images.render(source, wanted, calling.signal).finally(() => order.push('rendered'));
      await expect.poll(() => existsSync(wanted[0]?.path ?? '')).toBe(true);
      await Promise.all(
        uploads.map((upload, at) =>
          images.clean(upload, images.newPath()).then(() => order.push(at === 0 ? 'first' : 'second')),
        ),
      );
      expect(order).toEqual(['first', 'second']);
      const renderer = images.pids[1] ?? 0;
      const threads = await readdir(`/proc/${renderer}/task`);
      const niceness = await Promise.all(
        threads.map(async (thread) => niceOf(join(`/proc/${renderer}/task`, thread))),
      );
      calling.abort(new Error('enough'));
      await expect(rendering).rejects.toThrow('enough');
      expect(images.pids).toHaveLength(2);
      expect(new Set(niceness)).toEqual(new Set([10]));
      expect(await niceOf(`/proc/${images.pids[0]}`)).toBe(getPriority());
    },
  );

  test.runIf(isLinux)(
    'when the process is killed, its file is refused and removed, and the next one is cleaned',
    async () => {
      const target = images.newPath();
      const cleaning = images.clean(await images.put(slow()), target);
      const pid = images.pids[0] ?? 0;
      const before = await ticksOf(pid);
      await expect.poll(() => ticksOf(pid)).toBeGreaterThan(before + 10);
      process.kill(pid, 'SIGKILL');
      await expect(cleaning).rejects.toMatchObject({ name: 'DomainError', code: 'damaged_image' });
      expect(images.losses).toEqual(['The process ended with SIGKILL.']);
      expect(existsSync(target)).toBe(false);
      expect(await images.cleanBytes(await small())).toMatchObject({ width: 60 });
    },
  );

  test('the next file is cleaned after the idle process was killed', async () => {
    const pid = images.pids.at(-1) ?? 0;
    process.kill(pid, 'SIGKILL');
    // The parent has not yet noticed that the process is gone.
    expect(await images.cleanBytes(await small())).toMatchObject({ width: 60 });
    expect(images.losses.length).toBeLessThan(2);
  });

  test('the process ignores SIGINT and SIGTERM, which a terminal sends to the whole group', async () => {
    const pid = images.pids.at(-1) ?? 0;
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.kill(pid, signal);
    await images.cleanBytes(await small());
    expect(images.pids.at(-1)).toBe(pid);
    expect(images.losses.length).toBeLessThan(2);
  });

  test.runIf(isLinux).each([
    ['an image', async () => images.put(await small())],
    ['a file for download', async () => images.put('%PDF-1.7 '.padEnd(100_000))],
  ])('a full disk is reported as ENOSPC for %s', async (_what, put) => {
    const target = images.newPath();
    await symlink('/dev/full', target);
    await expect(images.clean(await put(), target)).rejects.toMatchObject({ name: 'Error', code: 'ENOSPC' });
    expect(existsSync(target)).toBe(false);
  });

  test('a missing source file is reported as missing, not as damaged', async () => {
    await expect(images.clean(images.newPath(), images.newPath())).rejects.toMatchObject({ code: 'ENOENT' });
    await expect(images.render(images.newPath(), [])).rejects.toMatchObject({ code: 'ENOENT' });
  });

  test('a cancelled rendering leaves no files, and the next rendering succeeds', async () => {
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
    await expect.poll(() => existsSync(wanted[0]?.path ?? '')).toBe(true);
    calling.abort(new Error('the server stops'));
    await expect(rendering).rejects.toThrow('the server stops');
    expect(wanted.map(({ path }) => existsSync(path))).toEqual([false, false]);
    await expect(images.render(source, wanted, calling.signal)).rejects.toThrow('the server stops');
    expect(await images.render(source, wanted.slice(0, 1))).toMatchObject([{ width: 200 }]);
  });
});

describe('time limit of the image process', () => {
  const images = useImages({ cleanTimeoutMs: 700 });

  test('the process is killed when a file exceeds the limit, and a new one cleans the next file', async () => {
    const target = images.newPath();
    await expect(images.clean(await images.put(slow()), target)).rejects.toMatchObject({
      code: 'file_too_slow',
    });
    expect(images.losses).toEqual(['The process took longer than 700 ms.']);
    expect(isAlive(images.pids[0])).toBe(false);
    expect(existsSync(target)).toBe(false);
    const fake = images.put('%PDF-1.7');
    expect(await images.clean(await fake, images.newPath())).toMatchObject({ extension: 'pdf' });
    expect(images.pids).toHaveLength(2);
  });
});

describe('time limit of drawing', () => {
  const images = useImages({ drawTimeoutMs: 300 });
  const draw = (inner: string) =>
    images.cleanBytes(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1000 1000">${inner}</svg>`);

  test.each(SLOW_DRAWINGS.slice(0, 1))('an SVG with %s is refused as too complex', async (_what, inner) => {
    await expect(draw(inner)).rejects.toMatchObject({ code: 'svg_too_complex' });
    expect(images.losses.splice(0)).toEqual(['The process took longer than 300 ms.']);
  });

  test('the limit does not count the time before drawing', async () => {
    // Starting the parser of SVG alone takes longer than the limit.
    expect(await draw('<rect width="9" height="9"/>')).toMatchObject({ extension: 'svg' });
    expect(images.losses).toEqual([]);
  });
});

describe('idle image process', () => {
  const images = useImages({ idleTimeoutMs: 50 });

  test('an idle process exits, and a new one cleans the next file', async () => {
    await images.cleanBytes(await small());
    await expect.poll(() => isAlive(images.pids[0])).toBe(false);
    await images.cleanBytes(await small());
    expect(images.pids).toHaveLength(2);
    expect(images.losses).toEqual([]);
  });
});

describe('stopped image process', () => {
  const images = useImages();

  test('stopping rejects running, waiting and new tasks', async () => {
    await images.cleanBytes(await small());
    const source = await images.put(slow());
    const answers = [images.clean(source, images.newPath()), images.clean(source, images.newPath())].map(
      (each) => each.catch((error: Error) => error.message),
    );
    await images.stop();
    expect(await Promise.all(answers)).toEqual(Array(2).fill('The image process was stopped.'));
    await expect(images.clean(source, images.newPath())).rejects.toThrow('The image process was stopped.');
    expect(isAlive(images.pids[0])).toBe(false);
    expect(images.pids).toHaveLength(1);
  });
});

describe('programs that use the image process', () => {
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

  test('a program exits after its task without stopping the image process', async () => {
    const { stdout } = await run(await images.put(await small()));
    const pid = Number(stdout);
    expect(pid).toBeGreaterThan(0);
    await expect.poll(() => isAlive(pid)).toBe(false);
  });

  test('the image process exits when the program is killed during decoding', async () => {
    const source = await images.put(slow());
    const more =
      "images.clean(process.argv[1], process.argv[2]); setTimeout(() => process.kill(process.pid, 'SIGKILL'), 50);";
    const killed = await run(
      await images.put(await small()),
      more.replace('process.argv[1]', JSON.stringify(source)),
    ).catch((error) => error);
    expect(killed.signal).toBe('SIGKILL');
    await expect.poll(() => isAlive(Number(killed.stdout))).toBe(false);
  });
});

const niceOf = async (directory: string) => (await readStat(directory))[16];
const ticksOf = async (pid: number) => Number((await readStat(`/proc/${pid}`))[11]);

/** The fields of /proc/…/stat of a process or thread, starting with the third. See proc(5). */
async function readStat(directory: string): Promise<number[]> {
  const stat = await readFile(join(directory, 'stat'), 'utf8');
  return stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
}
