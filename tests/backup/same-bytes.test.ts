import { readFile } from 'node:fs/promises';
import pino from 'pino';
import { beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { makeRenderDueRenditions } from '../../src/modules/media/rendering/render-due-renditions.ts';
import { verifyMedia } from '../../src/modules/media/upkeep/verify-media.ts';
import { loadSampleContent } from '../../src/sample/load.ts';
import { readTables } from '../house/read-tables.ts';
import { type Masthead, useMasthead } from '../support/app.ts';
import {
  makeIssue,
  makeMedia,
  makeNewsletter,
  makePaper,
  makeReadyIssue,
  publish,
  schedule,
} from '../support/factories.ts';
import { tablesIn, useBackups } from './backing-up.ts';
import { findUncovered, listPublicAddresses, type Reply, readAll } from './public-addresses.ts';

const masthead = useMasthead();
const backups = useBackups();
const operations = z.object({ paths: z.record(z.string(), z.record(z.string(), z.unknown())) });

let secret = '';
let mergedId = '';
let folder = '';
let taken: Awaited<ReturnType<typeof backups.backUp>>;
let original: Map<string, Reply>;
let copy: Masthead;

/** Publishes, corrects and withdraws issues, merges a paper, and makes a rendition of one image of the sample. */
async function fill(): Promise<void> {
  await loadSampleContent(masthead.ctx, masthead.media);
  const newsletter = await makeNewsletter(masthead, {
    slug: 'second',
    title: 'Ein zweiter Brief',
    language: 'de',
  });
  const [kept, merged] = [
    await makePaper(masthead, { title: 'A work', identifiers: ['doi:10.1000/kept'], year: 2022 }),
    await makePaper(masthead, { title: 'A work, again', identifiers: ['doi:10.1000/merged'] }),
  ];
  const items = [
    {
      kind: 'paper',
      title: 'A tab\t, a \\N and a "quote"',
      body: 'Ünïcode \u2028 and 🎉',
      paperId: merged.id,
    },
  ];
  const corrected = await makeIssue(masthead, {
    newsletterId: newsletter.id,
    title: 'Corrected',
    sections: [{ title: 'Papers', items }],
  });
  await publish(masthead, corrected.id);
  const merging = await masthead
    .as('editor')
    .post(`/admin/v1/papers/${kept.id}/merge`, { paperIds: [merged.id] });
  expect(merging.status).toBe(200);
  mergedId = merged.id;
  const patch = await masthead
    .as('editor')
    .patch(`/admin/v1/issues/${corrected.id}`, { title: 'Corrected twice' }, { 'if-match': '*' });
  expect(patch.status).toBe(200);
  await publish(masthead, corrected.id);
  const withdrawn = await makeReadyIssue(masthead, { newsletterId: newsletter.id, title: 'Withdrawn' });
  await publish(masthead, withdrawn.id);
  const withdrawal = await masthead
    .as('editor')
    .delete(`/admin/v1/issues/${withdrawn.id}/publication`, { 'if-match': '*' });
  expect(withdrawal.status).toBe(200);
  await schedule(
    masthead,
    (await makeReadyIssue(masthead, { newsletterId: newsletter.id, title: 'Later' })).id,
  );
  await makeMedia(masthead, { alt: 'Teal', creditText: 'Nobody' });
  const key = await masthead.as('admin').post('/admin/v1/api-keys', { name: 'restored', role: 'editor' });
  secret = key.body.secret;
  await renderOneImage();
}

/** Rendering all images of the sample takes minutes. */
async function renderOneImage(): Promise<void> {
  await masthead.database.pool.query(
    `UPDATE media_files SET renditions_due_at = NULL
     WHERE id <> (SELECT id FROM media_files WHERE renditions_due_at IS NOT NULL AND width < 1000 ORDER BY size LIMIT 1)`,
  );
  const render = makeRenderDueRenditions(masthead.ctx, masthead.media, pino({ level: 'silent' }));
  await render(new AbortController().signal);
  expect(await masthead.database.prisma.mediaRendition.count()).toBeGreaterThan(2);
}

beforeAll(async () => {
  await fill();
  taken = await backups.backUp({ databaseUrl: masthead.databaseUrl, storage: masthead.media.storage });
  folder = taken.folder;
  const restored = await backups.restore(folder);
  copy = await backups.startCopy(masthead, restored.databaseUrl, restored.storage);
  const addresses = await listPublicAddresses(masthead.database.pool);
  original = await readAll(masthead.app, addresses);
});

describe('a backup restored into another database and another folder', () => {
  test('every public address of the restored copy answers with the same bytes and headers', async () => {
    const replies = await readAll(copy.app, [...original.keys()]);
    for (const [address, reply] of original) expect.soft(replies.get(address), address).toEqual(reply);
    expect(original.size).toBeGreaterThan(300);
    expect([...original.values()].filter(({ status }) => status >= 500)).toEqual([]);
  });

  test('the compared addresses include every operation of the Content API and the media', async () => {
    const document = operations.parse(JSON.parse(await readFile('openapi.json', 'utf8')));
    const publicPaths = Object.keys(document.paths).filter((path) => /^\/(?:content|media)\//.test(path));
    expect(publicPaths.length).toBeGreaterThan(20);
    expect(findUncovered(publicPaths, original)).toEqual([]);
    expect(original.get(`/content/v1/papers/${mergedId}`)?.status).toBe(200);
    expect([...original.keys()].filter((url) => /\.(?:avif|webp)$/.test(url)).length).toBeGreaterThan(2);
  });

  test('the backup holds every table that the schema declares and every table of the database', async () => {
    const held = taken.manifest.tables.map(({ name }) => name);
    const { ownerOf } = await readTables('prisma/schema');
    expect(held.toSorted()).toEqual([...ownerOf.keys()].toSorted());
    const present = await tablesIn(masthead.databaseUrl);
    expect(held.toSorted()).toEqual(present.filter((name) => name !== '_prisma_migrations'));
  });

  test('every row of every table is the same, but for the id of the installation', async () => {
    for (const { name, rows } of taken.manifest.tables) {
      const read = async ({ database }: Masthead) => {
        const result = await database.pool.query<{ row: string }>(
          `SELECT t::text AS row FROM "${name}" t ORDER BY t::text COLLATE "C"`,
        );
        return result.rows.map(({ row }) => row);
      };
      const [before, after] = [await read(masthead), await read(copy)];
      expect.soft(before.length, name).toBe(rows);
      if (name === 'installation') expect.soft(after).not.toEqual(before);
      else expect.soft(after, name).toEqual(before);
    }
  });

  test('no stored file of the copy is missing or damaged', async () => {
    const { files, faults, withoutRow } = await verifyMedia(copy.ctx, copy.media.storage, () => {});
    expect({ files, faults, withoutRow }).toEqual({
      files: taken.manifest.media.files,
      faults: [],
      withoutRow: 0,
    });
    expect(files).toBeGreaterThan(15);
  });
});

describe('writing on the restored copy', () => {
  test('a key of the original can write, publish and upload, and positions go on', async () => {
    const editor = copyClient();
    const list = await editor('GET', '/content/v1/newsletters/second/changes');
    const newsletter = await copy.database.prisma.newsletter.findUniqueOrThrow({ where: { slug: 'second' } });
    const made = await editor('POST', `/admin/v1/newsletters/${newsletter.id}/issues`, {
      title: 'After the restore',
      sections: [{ title: 'Notes', items: [{ kind: 'note', title: 'One', body: 'A note.' }] }],
    });
    expect(made.statusCode).toBe(201);
    const issue = made.json<{ id: string }>();
    const published = await editor('PUT', `/admin/v1/issues/${issue.id}/publication`, {});
    expect(published.statusCode).toBe(200);
    const latest = await editor('GET', '/content/v1/newsletters/second/issues/latest');
    expect(latest.json()).toMatchObject({ title: 'After the restore' });
    const changes = await editor('GET', '/content/v1/newsletters/second/changes');
    expect(changes.json<{ data: object[] }>().data.length).toBe(
      list.json<{ data: object[] }>().data.length + 1,
    );
    const events = await editor('GET', '/admin/v1/events?limit=100');
    expect(events.statusCode).toBe(200);
  });

  test('the triggers of the database work again: an edition refuses updates, and feeds get a new time', async () => {
    const { pool } = copy.database;
    await expect(pool.query("UPDATE editions SET hash = repeat('0', 64)")).rejects.toThrow(/never changes/);
    const modified = 'SELECT max(feeds_modified_at) AS at FROM publication_logs';
    const before = (await pool.query<{ at: Date }>(modified)).rows[0]?.at;
    await pool.query('UPDATE publication_logs SET newsletter_id = newsletter_id');
    const after = (await pool.query<{ at: Date }>(modified)).rows[0]?.at;
    expect(after?.getTime()).toBeGreaterThan(before?.getTime() ?? 0);
  });

  /** Sends requests to the copy with the key that was made on the original. */
  function copyClient() {
    return (method: 'GET' | 'POST' | 'PUT', url: string, payload?: object) =>
      copy.app.inject({
        method,
        url,
        headers: { authorization: `Bearer ${secret}`, 'if-match': '*' },
        ...(payload && { payload }),
      });
  }
});
