import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pino from 'pino';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { systemContext } from '../../src/context.ts';
import { DomainError } from '../../src/errors.ts';
import { makeRenderDueRenditions } from '../../src/modules/media/rendering/render-due-renditions.ts';
import { useMasthead } from '../support/app.ts';
import { makeReadyIssue, publish, sendForm } from '../support/factories.ts';
import { formOf } from './forms.ts';

// Rendering runs at low priority, so it may take long on a busy machine.

const masthead = useMasthead();
const media = '/admin/v1/media';
const log = pino({ level: 'silent' });
const neverAborted = new AbortController().signal;

const renderDue = (signal = neverAborted, library = masthead.media) =>
  makeRenderDueRenditions(systemContext(masthead.database.prisma, 'renditions'), library, log)(signal);
const get = async (id: string) => (await masthead.as('viewer').get(`${media}/${id}`)).body;
const nameOf = ({ url }: { url: string }) => String(url.split('/').at(-1));
const fileOf = (fileName: string) =>
  masthead.database.prisma.mediaFile.findUniqueOrThrow({ where: { fileName } });
const makeDue = (fileName: string) =>
  masthead.database.prisma.mediaFile.update({
    where: { fileName },
    data: { renditionsDueAt: new Date(0), renditionsLease: null },
  });

let shade = 0;

async function upload(width: number, height: number, format: 'png' | 'jpeg' = 'png') {
  shade += 1;
  const background = { r: shade, g: 120, b: 40 };
  const bytes = await sharp({ create: { width, height, channels: 3, background } })
    .toFormat(format)
    .toBuffer();
  const answer = await sendForm(masthead.as('author'), media, formOf(['file', [Buffer.from(bytes), 'a']]));
  expect(answer.status).toBe(201);
  return answer.body;
}

const renditionsOf = async (name: string) => {
  const { id } = await fileOf(name);
  const rows = await masthead.database.prisma.mediaRendition.findMany({ where: { fileId: id } });
  return rows.map((row) => row.fileName.slice(name.length + 1)).toSorted();
};

describe('renditions of an image', () => {
  test.each([
    [325, 17_000],
    [2, 17_000],
    [350, 400],
  ])(
    'each width in the srcset of an image of %d by %d pixels is that of a file of its own',
    async (width, height) => {
      const { id } = await upload(width, height);
      await renderDue();
      for (const { srcset } of (await get(id)).sources) {
        const entries = srcset.split(', ').map((entry: string) => entry.split(' '));
        expect(new Set(entries.map(([, descriptor]: string[]) => descriptor)).size).toBe(entries.length);
        for (const [url, descriptor] of entries) {
          const rendered = await sharp(join(masthead.mediaDirectory, nameOf({ url }))).metadata();
          expect(`${rendered.width}w`).toBe(descriptor);
        }
      }
    },
  );

  test('renditions are rendered in the background and are never wider than the image', async () => {
    const image = await upload(700, 350);
    expect(image.variants).toBe('pending');
    expect(await renderDue()).toBeNull();
    expect((await get(image.id)).variants).toBe('ready');
    expect(await renditionsOf(nameOf(image))).toEqual([
      '320.avif',
      '320.png',
      '320.webp',
      '40x20-50-50.avif',
      '40x20-50-50.png',
      '40x20-50-50.webp',
      '640.avif',
      '640.png',
      '640.webp',
      '700.avif',
      '700.png',
      '700.webp',
    ]);
    const rows = await masthead.database.prisma.mediaRendition.findMany({
      where: { file: { fileName: nameOf(image) } },
    });
    for (const { fileName, width, height, size } of rows) {
      const stored = await sharp(join(masthead.mediaDirectory, fileName)).metadata();
      expect([stored.width, stored.height]).toEqual([width, height]);
      expect((await masthead.media.storage.stat(fileName))?.size).toBe(size);
    }
  });

  test('the renditions are those that the sources of the image name', async () => {
    const image = await upload(400, 400, 'jpeg');
    await renderDue();
    expect(image.sources.map(({ mimeType }: { mimeType: string }) => mimeType)).toEqual([
      'image/avif',
      'image/webp',
      'image/jpeg',
    ]);
    const addresses = image.sources.flatMap(({ srcset }: { srcset: string }) =>
      srcset.split(', ').map((entry) => entry.split(' ')[0]),
    );
    const named = addresses.map((address: string) => address.slice(image.url.length + 1)).toSorted();
    expect(await renditionsOf(nameOf(image))).toEqual(expect.arrayContaining(named));
    expect(named).toHaveLength(6);
  });

  test('existing renditions are not rendered again', async () => {
    const image = await upload(100, 100);
    await renderDue();
    const before = await masthead.database.prisma.mediaRendition.findMany({ orderBy: { fileName: 'asc' } });
    await makeDue(nameOf(image));
    await renderDue();
    expect(await masthead.database.prisma.mediaRendition.findMany({ orderBy: { fileName: 'asc' } })).toEqual(
      before,
    );
    expect((await get(image.id)).variants).toBe('ready');
  });

  test('a file that is not a raster image has no renditions', async () => {
    const answer = await sendForm(
      masthead.as('author'),
      media,
      formOf(['file', [Buffer.from('%PDF-1.7\n%âãÏÓ\n'), 'slides.pdf']]),
    );
    expect(answer.body).toMatchObject({
      mimeType: 'application/pdf',
      variants: 'none',
      sources: [],
      crops: [],
    });
  });
});

describe('missing renditions', () => {
  test('a crop in a newly configured size is rendered when it is requested', async () => {
    const image = await upload(90, 90);
    const name = nameOf(image);
    await renderDue(neverAborted, { ...masthead.media, crops: [] });
    expect(await renditionsOf(name)).not.toContain('40x20-50-50.png');
    expect((await get(image.id)).variants).toBe('ready');
    const crop = `/media/${name}?w=40&h=20&fit=cover`;
    expect((await masthead.anonymous.get(crop)).headers['cache-control']).toBe('public, max-age=60');
    expect((await get(image.id)).variants).toBe('pending');
    await renderDue();
    const answer = await masthead.anonymous.get(crop);
    expect(answer.headers).toMatchObject({
      etag: `"${name}.40x20-50-50.png"`,
      'cache-control': 'public, max-age=3600',
    });
  });
});

describe('crops', () => {
  test('the old crop is removed when the crop around the new focal point exists', async () => {
    const image = await upload(200, 200);
    await renderDue();
    const name = nameOf(image);
    const moved = await masthead
      .as('author')
      .patch(`${media}/${image.id}`, { focalPoint: { x: 0.1, y: 0.934 } });
    expect(moved.body).toMatchObject({ focalPoint: { x: 0.1, y: 0.93 }, variants: 'pending' });
    expect(await renditionsOf(name)).toContain('40x20-50-50.png');
    await renderDue();
    expect(await renditionsOf(name)).toEqual([
      '200.avif',
      '200.png',
      '200.webp',
      '40x20-10-93.avif',
      '40x20-10-93.png',
      '40x20-10-93.webp',
    ]);
    expect(await masthead.media.storage.stat(`${name}.40x20-50-50.png`)).toBeNull();
  });

  test('a crop whose focal point moves during the rendering is rendered again', async () => {
    const image = await upload(120, 120);
    const { images, ...library } = masthead.media;
    let moved: Promise<unknown> | undefined;
    const slow = {
      ...images,
      render: async (...parameters: Parameters<typeof images.render>) => {
        moved ??= masthead.as('author').patch(`${media}/${image.id}`, { focalPoint: { x: 1, y: 1 } });
        await moved;
        // Another node does not claim the file while this one holds its lease.
        expect(await renderDue()).toBeGreaterThan(300_000);
        return images.render(...parameters);
      },
    };
    await renderDue(neverAborted, { ...library, images: slow });
    expect(await renditionsOf(nameOf(image))).toContain('40x20-100-100.png');
    expect(await renditionsOf(nameOf(image))).not.toContain('40x20-50-50.png');
    expect((await get(image.id)).variants).toBe('ready');
  });
});

describe('crops of replaced files', () => {
  test('crops of a file that only an edition still uses keep the focal point of the media', async () => {
    const image = await upload(150, 150);
    const name = nameOf(image);
    await masthead.as('author').patch(`${media}/${image.id}`, { alt: 'x', focalPoint: { x: 0.4, y: 0.2 } });
    await renderDue();
    const issue = await makeReadyIssue(masthead, { cover: { mediaId: image.id } });
    await publish(masthead, issue.id);
    const other = await sharp({ create: { width: 99, height: 99, channels: 3, background: 'red' } })
      .png()
      .toBuffer();
    const encoded = new Response(formOf(['file', [Buffer.from(other), 'b.png']]));
    await masthead.as('author').send({
      method: 'PUT',
      url: `${media}/${image.id}/file`,
      payload: Buffer.from(await encoded.arrayBuffer()),
      headers: { 'content-type': encoded.headers.get('content-type') ?? '' },
    });
    const answer = await masthead.anonymous.get(`/media/${name}?w=40&h=20&fit=cover`);
    expect(answer.headers.etag).toBe(`"${name}.40x20-40-20.png"`);
    await makeDue(name);
    await renderDue();
    expect(await renditionsOf(name)).toContain('40x20-40-20.png');
  });
});

describe('the rendering job', () => {
  test('the job of a node that dies is done by another node after its lease has expired', async () => {
    const image = await upload(64, 64);
    const name = nameOf(image);
    const { images, ...library } = masthead.media;
    let dies = () => {};
    const dying = {
      ...images,
      render: () => new Promise<never>((_, reject) => (dies = () => reject(new Error('dead')))),
    };
    // The rendering never returns, as when the node is killed.
    const lost = renderDue(neverAborted, { ...library, images: dying });
    await expect.poll(async () => (await fileOf(name)).renditionsLease).not.toBeNull();
    const lease = (await fileOf(name)).renditionsLease?.getTime() ?? 0;
    expect(lease - Date.now()).toBeGreaterThan(300_000);
    expect(await renderDue()).toBeGreaterThan(300_000);
    expect(await renditionsOf(name)).toEqual([]);
    await makeDue(name);
    await renderDue();
    expect((await get(image.id)).variants).toBe('ready');
    dies();
    await lost;
    expect((await get(image.id)).variants).toBe('ready');
  });

  test('three nodes render each image once', async () => {
    for (let n = 0; n < 6; n += 1) await upload(50 + n, 40);
    const { images, ...library } = masthead.media;
    const rendered: string[] = [];
    const counting = {
      ...images,
      render: (...parameters: Parameters<typeof images.render>) => {
        rendered.push(parameters[0]);
        return images.render(...parameters);
      },
    };
    await Promise.all([1, 2, 3].map(() => renderDue(neverAborted, { ...library, images: counting })));
    expect(rendered).toHaveLength(6);
  });

  test('the job is given up after five failures, and the original is still served', async () => {
    const image = await upload(80, 80);
    const name = nameOf(image);
    await writeFile(join(masthead.mediaDirectory, name), Buffer.alloc(image.size, 'no image any more'));
    for (const tries of [1, 2, 3, 4, 5]) {
      await makeDue(name);
      await renderDue();
      expect((await fileOf(name)).renditionsTries).toBe(tries);
    }
    expect((await fileOf(name)).renditionsDueAt).toBeNull();
    expect((await get(image.id)).variants).toBe('failed');
    expect((await masthead.anonymous.get(`/media/${name}`)).status).toBe(200);
  });

  test('a storage outage postpones the job and does not count as a failure', async () => {
    const image = await upload(85, 80);
    const { storage, ...library } = masthead.media;
    const down = {
      ...storage,
      put: () => Promise.reject(new DomainError('unavailable', 'storage_unavailable', 'Down')),
    };
    for (let outage = 0; outage < 7; outage += 1) {
      await makeDue(nameOf(image));
      await renderDue(neverAborted, { ...library, storage: down });
    }
    const { renditionsDueAt, renditionsLease, renditionsTries } = await fileOf(nameOf(image));
    expect([renditionsDueAt, renditionsTries]).toEqual([new Date(0), 0]);
    expect(renditionsLease?.getTime()).toBeGreaterThan(Date.now() + 30_000);
    await makeDue(nameOf(image));
    await renderDue();
    expect((await get(image.id)).variants).toBe('ready');
  });

  test('a file that is missing from the storage does not delay other files', async () => {
    const [lost, sound] = [await upload(81, 80), await upload(82, 80)];
    await rm(join(masthead.mediaDirectory, nameOf(lost)));
    await renderDue();
    expect((await get(lost.id)).variants).toBe('pending');
    expect((await get(sound.id)).variants).toBe('ready');
  });

  test('a node that is told to stop releases its job at once and leaves no staged file', async () => {
    const image = await upload(83, 80);
    const { images, ...library } = masthead.media;
    const stopping = new AbortController();
    const stopped = {
      ...images,
      render: async () => {
        stopping.abort();
        throw new Error('stopped');
      },
    };
    await renderDue(stopping.signal, { ...library, images: stopped });
    const { renditionsDueAt, renditionsLease, renditionsTries } = await fileOf(nameOf(image));
    expect([renditionsLease, renditionsTries]).toEqual([null, 0]);
    expect(renditionsDueAt?.getTime()).toBeLessThanOrEqual(Date.now() + 50);
    expect(await readdir(masthead.media.storage.stagingDirectory)).toEqual([]);
    await renderDue();
    expect((await get(image.id)).variants).toBe('ready');
  });

  test('no renditions are stored when the media file is deleted during the rendering', async () => {
    const image = await upload(84, 80);
    const { images, ...library } = masthead.media;
    const deleting = {
      ...images,
      render: async (...parameters: Parameters<typeof images.render>) => {
        expect((await masthead.as('author').delete(`${media}/${image.id}`)).status).toBe(204);
        return images.render(...parameters);
      },
    };
    await renderDue(neverAborted, { ...library, images: deleting });
    expect(
      await masthead.database.prisma.mediaRendition.count({
        where: { fileName: { startsWith: nameOf(image) } },
      }),
    ).toBe(0);
  });
});
