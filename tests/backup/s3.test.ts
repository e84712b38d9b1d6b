import { HeadObjectCommand } from '@aws-sdk/client-s3';
import { describe, expect, test } from 'vitest';
import { diskStorage } from '../../src/modules/media/storage/disk-storage.ts';
import { s3Storage } from '../../src/modules/media/storage/s3-storage.ts';
import type { MediaStorage } from '../../src/modules/media/storage/storage.ts';
import { ownsStorage } from '../../src/modules/media/upkeep/owns-storage.ts';
import { verifyMedia } from '../../src/modules/media/upkeep/verify-media.ts';
import { useBucket } from '../media/storage/use-bucket.ts';
import { useMasthead } from '../support/app.ts';
import { makePdf } from '../support/attachments.ts';
import { makeMedia } from '../support/factories.ts';
import { isSwiftHere, NEEDS_SWIFT } from '../support/swift.ts';
import { namesIn, restoreInto, useBackups } from './backing-up.ts';

describe.skipIf(!isSwiftHere)(`backups of media on S3: ${NEEDS_SWIFT}`, () => {
  const bucket = useBucket();
  let storage: MediaStorage;
  const masthead = useMasthead({
    openStorage: (directory) => {
      storage = s3Storage(bucket.swift.config, directory);
      return storage;
    },
  });
  const backups = useBackups();

  test('a backup of a bucket is restored to disk, and a backup of that to the bucket', async () => {
    for (let n = 0; n < 3; n += 1) await makeMedia(masthead);
    const pdf = await makePdf(masthead);
    const pdfName = String(pdf.url.split('/').at(-1));
    const head = () =>
      bucket.raw.send(new HeadObjectCommand({ Bucket: bucket.swift.config.bucket, Key: `media/${pdfName}` }));
    const before = await head();
    expect(await ownsStorage(masthead.ctx, storage)).toBe(true);

    const fromBucket = await backups.backUp({ databaseUrl: masthead.databaseUrl, storage });
    expect(fromBucket.faults).toEqual([]);
    const onDisk = await backups.restore(fromBucket.folder);
    const copy = await backups.startCopy(masthead, onDisk.databaseUrl, diskStorage(onDisk.mediaDirectory));
    const verified = await verifyMedia(copy.ctx, copy.media.storage, () => {});
    expect(verified).toMatchObject({ files: 4, faults: [], withoutRow: 0 });

    const { folder } = await backups.backUp(onDisk);
    const target = await backups.newTarget();
    await expect(restoreInto(folder, { ...target, storage })).rejects.toThrow(/belongs to another database/);
    await expect(restoreInto(fromBucket.folder, { ...target, storage })).rejects.toThrow(/--take-over-media/);

    for await (const { fileName } of storage.list()) await storage.remove(fileName);
    await restoreInto(folder, { ...target, storage });
    const back = await backups.startCopy(masthead, target.databaseUrl, storage);
    expect(await verifyMedia(back.ctx, storage, () => {})).toMatchObject({
      files: 4,
      faults: [],
      withoutRow: 0,
    });
    expect(await ownsStorage(back.ctx, storage)).toBe(true);
    const { ContentType, ContentDisposition, CacheControl } = await head();
    expect({ ContentType, ContentDisposition, CacheControl }).toEqual({
      ContentType: before.ContentType,
      ContentDisposition: before.ContentDisposition,
      CacheControl: before.CacheControl,
    });
    expect(ContentDisposition).toBe('attachment; filename=slides.pdf');
  });

  test('a backup fails and leaves nothing if the bucket refuses the key', async () => {
    const refused = bucket.openStorage({ secretAccessKey: 'a wrong secret' });
    await makeMedia(masthead);
    const folder = backups.newFolder();
    const backup = backups.backUp({ databaseUrl: masthead.databaseUrl, storage: refused }, folder);
    await expect(backup).rejects.toThrow('The media storage is not available');
    expect(await namesIn(folder)).toEqual([]);
  });
});
