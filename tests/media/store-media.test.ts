import { createReadStream } from 'node:fs';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { beforeEach, describe, expect, test } from 'vitest';
import { inTransaction } from '../../src/context.ts';
import { storeMedia } from '../../src/modules/media/uploads/store-media.ts';
import { useMasthead } from '../support/app.ts';
import { makeMedia } from '../support/factories.ts';
import { drawImage } from './images.ts';

const masthead = useMasthead();
const listFiles = async () => (await readdir(masthead.mediaDirectory)).sort();

describe('storeMedia', () => {
  beforeEach(async () => {
    await makeMedia(masthead);
  });

  test('bytes from memory and from a stream are stored with their texts', async () => {
    const bytes = await drawImage('webp');
    const path = join(masthead.mediaDirectory, '..', 'source.webp');
    await writeFile(path, bytes);
    const words = { alt: '', caption: 'A pattern', credit: { text: 'Ada', licence: 'CC0-1.0' } };
    const columns = { alt: '', caption: 'A pattern', creditText: 'Ada', creditLicence: 'CC0-1.0' };
    for (const source of [[bytes], createReadStream(path)]) {
      const { media } = await storeMedia(masthead.ctx, masthead.media, { bytes: source, ...words });
      expect(media).toMatchObject({ ...columns, creditUrl: null, originalName: null });
      expect(await listFiles()).toContain(media.file.fileName);
    }
  });

  test('no file is kept when the source fails', async () => {
    const before = await listFiles();
    const image = await drawImage('png');
    const broken = Readable.from(
      (async function* () {
        yield image.subarray(0, 500);
        throw new Error('The source broke.');
      })(),
    );
    await expect(storeMedia(masthead.ctx, masthead.media, { bytes: broken })).rejects.toThrow(
      'The source broke.',
    );
    expect(await listFiles()).toEqual(before);
  });

  test('no file is kept when the database refuses its row', async () => {
    const before = await listFiles();
    const refused = storeMedia(masthead.ctx, masthead.media, {
      bytes: [await drawImage('png')],
      alt: 'nul \u0000',
    });
    await expect(refused).rejects.toThrow();
    expect(await listFiles()).toEqual(before);
  });

  test('the file is kept when the answer to COMMIT is lost, because the row may exist', async () => {
    const before = await listFiles();
    const { prisma } = masthead.database;
    const losesAnswers = Object.create(prisma, {
      $transaction: {
        value: async (...parameters: Parameters<typeof prisma.$transaction>) => {
          await prisma.$transaction(...parameters);
          throw new Error('Connection lost');
        },
      },
    });
    const lost = storeMedia({ ...masthead.ctx, db: losesAnswers }, masthead.media, {
      bytes: [await drawImage('png')],
      caption: 'Lost',
    });
    await expect(lost).rejects.toMatchObject({ name: 'CommitFailed', cause: { message: 'Connection lost' } });
    const row = await prisma.media.findFirstOrThrow({
      where: { caption: 'Lost' },
      include: { file: true },
    });
    expect(await listFiles()).toEqual([...before, row.file.fileName].sort());
  });

  test('the row is rolled back with the transaction of the caller', async () => {
    const before = await masthead.database.prisma.media.count();
    const failed = inTransaction(masthead.ctx, async (ctx) => {
      await storeMedia(ctx, masthead.media, { bytes: [await drawImage('png')] });
      throw new Error('Undo all of it');
    });
    await expect(failed).rejects.toThrow('Undo all of it');
    expect(await masthead.database.prisma.media.count()).toBe(before);
  });
});
