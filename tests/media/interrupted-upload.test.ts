import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { type AddressInfo, connect } from 'node:net';
import { beforeAll, describe, expect, test } from 'vitest';
import { createApiKey } from '../../src/modules/access/api-key.ts';
import { useMasthead } from '../support/app.ts';
import { makeMedia } from '../support/factories.ts';
import { rawForm, rawFormType } from './forms.ts';
import { drawImage } from './images.ts';

const masthead = useMasthead();
let secret = '';
let port = 0;

beforeAll(async () => {
  ({ secret } = await createApiKey(masthead.ctx, { name: 'socket', role: 'author' }));
  await masthead.app.listen({ host: '127.0.0.1', port: 0 });
  ({ port } = masthead.app.server.address() as AddressInfo);
});

const listFiles = async () => (await readdir(masthead.mediaDirectory, { recursive: true })).sort();
const fileHeader = 'Content-Disposition: form-data; name="file"; filename="a.png"';

describe('uploads over a TCP connection', () => {
  test('an upload leaves no file when the client disconnects halfway', async () => {
    await makeMedia(masthead);
    const before = await listFiles();
    const form = rawForm([fileHeader, Buffer.concat([await drawImage('png'), Buffer.alloc(1_000_000)])]);
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    const head = [
      'POST /admin/v1/media HTTP/1.1',
      'Host: masthead.test',
      `Authorization: Bearer ${secret}`,
      `Content-Type: ${rawFormType['content-type']}`,
      `Content-Length: ${form.length}`,
    ];
    socket.write(`${head.join('\r\n')}\r\n\r\n`);
    socket.write(form.subarray(0, form.length / 2));
    await expect.poll(async () => (await listFiles()).length).toBe(before.length + 1);
    socket.destroy();
    await expect.poll(listFiles).toEqual(before);
    expect(await masthead.database.prisma.media.count()).toBe(1);
  });

  test('an oversized upload returns 413 while the client is still sending', async () => {
    const before = await listFiles().catch(() => []);
    const chunk = new Uint8Array(1024 * 1024);
    let chunks = 0;
    const endless = new ReadableStream({
      pull(controller) {
        if (chunks === 0) controller.enqueue(rawForm([fileHeader, 'x']).subarray(0, 100));
        chunks += 1;
        if (chunks > 40) controller.close();
        else controller.enqueue(chunk);
      },
    });
    const answer = await fetch(`http://127.0.0.1:${port}/admin/v1/media`, {
      method: 'POST',
      headers: { authorization: `Bearer ${secret}`, ...rawFormType },
      body: endless,
      duplex: 'half',
    });
    expect(answer.status).toBe(413);
    expect(await answer.json()).toMatchObject({ type: 'http://masthead.test/problems/file-too-large' });
    expect(await listFiles()).toEqual(before);
  });
});
