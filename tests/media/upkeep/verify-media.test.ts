import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { makeFileName } from '../../../src/modules/media/files/file-name.ts';
import { verifyMedia } from '../../../src/modules/media/upkeep/verify-media.ts';
import { useMasthead } from '../../support/app.ts';
import { makeMedia } from '../../support/factories.ts';

const masthead = useMasthead();
const pathOf = (name: string) => join(masthead.mediaDirectory, name);

describe('verification of media', () => {
  const names: string[] = [];
  beforeAll(async () => {
    for (let n = 0; n < 4; n += 1) names.push(String((await makeMedia(masthead)).url.split('/').at(-1)));
  });

  const verify = async () => {
    const progress: [number, number][] = [];
    const report = (done: number, total: number) => progress.push([done, total]);
    return { ...(await verifyMedia(masthead.ctx, masthead.media.storage, report)), progress };
  };

  test('every file is read, and progress is reported', async () => {
    const { progress, ...result } = await verify();
    expect(result).toMatchObject({ files: 4, faults: [], withoutRow: 0 });
    expect(result.bytes).toBeGreaterThan(0);
    expect(progress).toEqual([1, 2, 3, 4].map((done) => [done, 4]));
  });

  test('missing files and files with another size or other bytes are reported', async () => {
    const [missing = '', grown = '', changed = ''] = names;
    await rm(pathOf(missing));
    await writeFile(pathOf(grown), 'x', { flag: 'a' });
    const bytes = await readFile(pathOf(changed));
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
    await writeFile(pathOf(changed), bytes);
    await writeFile(pathOf(makeFileName('c'.repeat(64), 'gif')), 'nobody’s');
    const { faults, withoutRow } = await verify();
    const byName = (a: { fileName: string }, b: { fileName: string }) => (a.fileName < b.fileName ? -1 : 1);
    expect(faults.toSorted(byName)).toEqual(
      [
        { fileName: missing, fault: 'missing' },
        { fileName: grown, fault: 'size' },
        { fileName: changed, fault: 'sum' },
      ].toSorted(byName),
    );
    expect(withoutRow).toBe(1);
  });

  test('a missing rendition is reported like any other file', async () => {
    const file = await masthead.database.prisma.mediaFile.findFirstOrThrow();
    const fileName = `${file.fileName}.4.avif`;
    const facts = { mimeType: 'image/avif', width: 4, height: 3, size: 5, sha256: '0'.repeat(64) };
    await masthead.database.prisma.mediaRendition.create({ data: { fileName, fileId: file.id, ...facts } });
    expect((await verify()).faults).toContainEqual({ fileName, fault: 'missing' });
  });
});
