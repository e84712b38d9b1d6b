import { once } from 'node:events';
import { mkdtemp, readdir, rm, utimes } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { useTestDatabase } from '../support/database.ts';
import { type ServerNode, useNodes } from '../support/nodes.ts';
import { formOf, rawForm, rawFormType } from './forms.ts';

const testDatabase = useTestDatabase();
const nodes = useNodes();
const KEY = 'a-key-for-the-tests-of-a-killed-node';
const twoDaysAgo = new Date(Date.now() - 2 * 86_400_000);

let dataDir = '';
let pool: pg.Pool;
/** Each test kills it and starts the next one. */
let node: ServerNode;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'masthead-killed-'));
  pool = new pg.Pool({ connectionString: testDatabase.url });
  node = await start();
});

afterAll(async () => {
  await nodes.killAll();
  await pool.end();
  await rm(dataDir, { recursive: true });
});

const start = () =>
  nodes.start(testDatabase.url, { environment: { BOOTSTRAP_ADMIN_KEY: KEY, DATA_DIR: dataDir } });
const kill = async () => {
  node.signal('SIGKILL');
  await node.exited;
};
const staged = () => readdir(join(dataDir, 'media', '.staging')).catch(() => []);
const count = async (sql: string) => Number((await pool.query(sql)).rows[0].count);

test('a node that is killed during an upload leaves only a staged file, which the next sweep removes', async () => {
  const { port } = new URL(node.address);
  const header = 'Content-Disposition: form-data; name="file"; filename="a.pdf"';
  const form = rawForm([header, Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(2_000_000)])]);
  const socket = connect(Number(port), '127.0.0.1').on('error', () => {});
  await once(socket, 'connect');
  const head = [
    'POST /admin/v1/media HTTP/1.1',
    'Host: masthead.test',
    `Authorization: Bearer ${KEY}`,
    `Content-Type: ${rawFormType['content-type']}`,
    `Content-Length: ${form.length}`,
  ];
  socket.write(`${head.join('\r\n')}\r\n\r\n`);
  socket.write(form.subarray(0, form.length / 2));
  await expect.poll(async () => (await staged()).length).toBe(1);
  await kill();
  socket.destroy();

  expect(await count('SELECT count(*) FROM media_files')).toBe(0);
  const kept = (await readdir(join(dataDir, 'media'))).filter((name) => name !== 'database.txt');
  expect(kept).toEqual(['.staging']);
  const [left = ''] = await staged();
  await utimes(join(dataDir, 'media', '.staging', left), twoDaysAgo, twoDaysAgo);
  node = await start();
  await expect.poll(staged).toEqual([]);
});

test('a node renders the renditions of an image when the node that was rendering them is killed', async () => {
  const noise = { type: 'gaussian', mean: 120, sigma: 40 } as const;
  const photo = await sharp({ create: { width: 1300, height: 1000, channels: 3, background: 'teal', noise } })
    .jpeg()
    .toBuffer();
  const answer = await fetch(`${node.address}/admin/v1/media`, {
    method: 'POST',
    headers: { authorization: `Bearer ${KEY}` },
    body: formOf(['file', [Buffer.from(photo), 'photo.jpg']]),
  });
  expect(answer.status).toBe(201);
  const { id, url } = (await answer.json()) as { id: string; url: string };
  await expect
    .poll(() => count('SELECT count(*) FROM media_files WHERE renditions_lease IS NOT NULL'))
    .toBe(1);
  await kill();
  expect(await count('SELECT count(*) FROM media_renditions')).toBe(0);

  node = await start();
  const rendition = `/media/${url.split('/').at(-1)}.640.avif`;
  expect((await fetch(node.address + rendition)).headers.get('content-type')).toBe('image/jpeg');
  // Ends the lease of the killed node.
  await pool.query('UPDATE media_files SET renditions_lease = NULL');
  const isReady = async () => {
    const media = await fetch(`${node.address}/admin/v1/media/${id}`, {
      headers: { authorization: `Bearer ${KEY}` },
    });
    return ((await media.json()) as { variants: string }).variants;
  };
  await expect.poll(isReady).toBe('ready');
  expect((await fetch(node.address + rendition)).headers.get('content-type')).toBe('image/avif');
  node.signal('SIGTERM');
  expect(await node.exited).toBe(0);
});
