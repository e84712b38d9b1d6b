import { rm } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { createBackup } from '../../src/backup/create-backup.ts';
import type { MediaStorage } from '../../src/modules/media/storage/storage.ts';
import { verifyMedia } from '../../src/modules/media/upkeep/verify-media.ts';
import { useMasthead } from '../support/app.ts';
import { makeMedia, makeNewsletter, makeReadyIssue, publish } from '../support/factories.ts';
import { namesIn, silent, useBackups } from './backing-up.ts';
import { readAll } from './public-addresses.ts';

const masthead = useMasthead();
const backups = useBackups();
const source = () => ({ databaseUrl: masthead.databaseUrl, storage: masthead.media.storage });
const nameOf = ({ url }: { url: string }) => url.split('/').at(-1) ?? '';

let quiet: { slug: string };
beforeAll(async () => {
  const newsletter = await makeNewsletter(masthead, { slug: 'quiet' });
  quiet = newsletter;
  for (let n = 0; n < 3; n += 1)
    await publish(masthead, (await makeReadyIssue(masthead, { newsletterId: newsletter.id })).id);
  for (let n = 0; n < 6; n += 1) await makeMedia(masthead);
});

describe('a backup that is made while writers write', () => {
  test('it holds one state: each publication with its event, its change and its bytes, or none of them', async () => {
    const busy = await makeNewsletter(masthead, { slug: 'busy' });
    let isStopped = false;
    let written = 0;
    const write = async () => {
      while (!isStopped) {
        const media = await makeMedia(masthead);
        await publish(masthead, (await makeReadyIssue(masthead, { newsletterId: busy.id })).id);
        await masthead.as('author').delete(`/admin/v1/media/${media.id}`, { 'if-match': '*' });
        written += 1;
      }
    };
    const writers = [write(), write(), write()];
    // Every file and every table waits for a writer, so the backup is spread over many writes.
    const wait = async () => {
      const before = written;
      await expect.poll(() => written).toBeGreaterThan(before);
    };
    await wait();
    const start = written;
    const storage: MediaStorage = {
      ...masthead.media.storage,
      open: async (...args) => {
        await wait();
        return masthead.media.storage.open(...args);
      },
    };
    const made = await backups.backUp({ ...source(), storage });
    expect(written).toBeGreaterThan(start + 5);
    isStopped = true;
    await Promise.all(writers);

    expect(made.faults).toEqual([]);
    const restored = await backups.restore(made.folder);
    const copy = await backups.startCopy(masthead, restored.databaseUrl, restored.storage);
    const { rows } = await copy.database.pool.query(`
      SELECT (SELECT count(*) FROM publications WHERE newsletter_id = '${busy.id}') AS publications,
        (SELECT count(*) FROM publication_changes WHERE newsletter_id = '${busy.id}') AS changes,
        (SELECT max(position) FROM publication_changes WHERE newsletter_id = '${busy.id}') AS position,
        (SELECT count(*) FROM issues JOIN events ON subject_id = issues.id AND type = 'issue.published'
          WHERE issues.newsletter_id = '${busy.id}') AS events`);
    const [counts] = rows;
    expect(Number(counts.publications)).toBeGreaterThan(0);
    expect(new Set(Object.values(counts).map(Number)).size).toBe(1);
    const { faults, withoutRow } = await verifyMedia(copy.ctx, copy.media.storage, () => {});
    expect(faults.map(({ fileName }) => fileName).toSorted()).toEqual(made.deleted.toSorted());
    expect(withoutRow).toBe(0);

    const base = `/content/v1/newsletters/${quiet.slug}`;
    const addresses = [
      base,
      ...['/issues', '/issues/latest', '/changes', '/feed.rss'].map((end) => base + end),
    ];
    expect(await readAll(copy.app, addresses)).toEqual(await readAll(masthead.app, addresses));
  });

  test('a media file that is deleted before the snapshot is not in the backup, and is no fault', async () => {
    const media = await makeMedia(masthead);
    const folder = backups.newFolder();
    let isDeleted = false;
    const storage: MediaStorage = {
      ...masthead.media.storage,
      open: async (name) => {
        const found = await masthead.media.storage.open(name);
        if (name !== nameOf(media) || isDeleted) return found;
        isDeleted = true;
        await masthead.as('author').delete(`/admin/v1/media/${media.id}`, { 'if-match': '*' });
        return found;
      },
    };
    const { faults, deleted } = await createBackup({ ...source(), storage, folder, progress: silent });
    expect({ isDeleted, faults, deleted }).toEqual({ isDeleted: true, faults: [], deleted: [] });
    expect(await namesIn(path.join(folder, 'media'))).not.toContain(nameOf(media));
  });

  test('a media file that is deleted after the snapshot is in the backup', async () => {
    const media = await makeMedia(masthead);
    let deletion: Promise<unknown> | undefined;
    const progress = (what: string) => (done: number, total: number) => {
      if (what === 'tables copied' && done === total)
        deletion = masthead.as('author').delete(`/admin/v1/media/${media.id}`, { 'if-match': '*' });
    };
    const folder = backups.newFolder();
    const storage: MediaStorage = {
      ...masthead.media.storage,
      open: async (name) => {
        await deletion;
        return masthead.media.storage.open(name);
      },
    };
    const { faults, deleted } = await createBackup({ ...source(), storage, folder, progress });
    await deletion;
    expect({ faults, deleted }).toEqual({ faults: [], deleted: [] });
    expect(await namesIn(path.join(folder, 'media'))).toContain(nameOf(media));
    expect(await namesIn(masthead.mediaDirectory)).not.toContain(nameOf(media));
    const { storage: restored } = await backups.restore(folder);
    expect(await restored.stat(nameOf(media))).not.toBeNull();
  });

  test('a file that the storage has lost is reported, and all else is restored', async () => {
    const media = await makeMedia(masthead);
    await rm(path.join(masthead.mediaDirectory, nameOf(media)));
    const { folder, faults, manifest } = await backups.backUp(source());
    expect(faults).toEqual([{ fileName: nameOf(media), fault: 'missing' }]);
    expect(manifest.media.missing).toEqual([nameOf(media)]);
    const restored = await backups.restore(folder);
    expect(await restored.storage.stat(nameOf(media))).toBeNull();
    expect(await namesIn(restored.mediaDirectory)).toHaveLength(manifest.media.files + 2);
    await masthead.as('author').delete(`/admin/v1/media/${media.id}`, { 'if-match': '*' });
  });
});
