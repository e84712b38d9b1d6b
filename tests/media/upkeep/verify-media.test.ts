import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { makeFileName } from '../../../src/modules/media/files/file-name.ts';
import { verifyMedia } from '../../../src/modules/media/upkeep/verify-media.ts';
import { useMasthead } from '../../support/app.ts';
import { makeMedia } from '../../support/factories.ts';

const masthead = useMasthead();
const pathOf = (name: string) => join(masthead.mediaDirectory, name);

describe('Verifying media', () => {
  const names: string[] = [];
  beforeAll(async () => {
    for (let n = 0; n < 4; n += 1) names.push(String((await makeMedia(masthead)).url.split('/').at(-1)));
  });

  const verify = async () => {
    const told: [number, number][] = [];
    const tell = (done: number, total: number) => told.push([done, total]);
    return { ...(await verifyMedia(masthead.ctx, masthead.media.storage, tell)), told };
  };

  test('reads every file and tells how far it is', async () => {
    const { told, ...result } = await verify();
    expect(result).toMatchObject({ files: 4, faults: [], withoutRow: 0 });
    expect(result.bytes).toBeGreaterThan(0);
    expect(told).toEqual([1, 2, 3, 4].map((done) => [done, 4]));
  });

  test('names each file that is missing, has another size or other bytes', async () => {
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

  test('names a variant like any other file', async () => {
    const file = await masthead.database.prisma.mediaFile.findFirstOrThrow();
    const fileName = `${file.fileName}.4.avif`;
    const facts = { mimeType: 'image/avif', width: 4, height: 3, size: 5, sha256: '0'.repeat(64) };
    await masthead.database.prisma.mediaVariant.create({ data: { fileName, fileId: file.id, ...facts } });
    expect((await verify()).faults).toContainEqual({ fileName, fault: 'missing' });
  });
});
