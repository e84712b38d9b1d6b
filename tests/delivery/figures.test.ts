import { describe, expect, test } from 'vitest';
import { useMasthead } from '../support/app.ts';
import { countStatements } from '../support/count-statements.ts';
import { makeIssue, makeMedia, makeNewsletter, publish } from '../support/factories.ts';

const masthead = useMasthead();

/** A stored image whose row in the library is changed to these facts. */
async function makeImage(facts: object = {}, fields: Record<string, string> = {}) {
  const media = await makeMedia(masthead, { alt: 'An image', ...fields });
  const fileName = media.url.split('/').at(-1);
  await masthead.database.prisma.mediaFile.update({ where: { fileName }, data: facts });
  return media;
}

async function publishAndRead(fields: object) {
  const newsletter = await makeNewsletter(masthead);
  const { id } = await makeIssue(masthead, { newsletterId: newsletter.id, title: 'An issue', ...fields });
  await publish(masthead, id);
  const issues = `/content/v1/newsletters/${newsletter.slug}/issues`;
  const { body: issue } = await masthead.anonymous.get(`${issues}/latest`);
  const { body: archive } = await masthead.anonymous.get(issues);
  return { issue, entry: archive.data[0] };
}

/** Publishes an issue whose only item has this body, and returns the item. */
async function publishBody(body: string) {
  const sections = [{ title: 'A', items: [{ kind: 'note', title: 'One', body }] }];
  return (await publishAndRead({ sections })).issue.sections[0].items[0];
}

describe('a figure', () => {
  test('a figure has every width up to that of its image in each format, the same in JSON and HTML', async () => {
    const { id, url } = await makeImage({ width: 2_000, height: 1_000, mimeType: 'image/jpeg' });
    const { figures, body } = await publishBody(`Before.\n\n![](media:${id})`);
    const srcset = (format: string) =>
      [320, 640, 960, 1280, 1920].map((width) => `${url}.${width}.${format} ${width}w`).join(', ');
    expect(figures[0]).toMatchObject({
      ...{ url, width: 2_000, height: 1_000, mimeType: 'image/jpeg' },
      sources: [
        { mimeType: 'image/avif', srcset: srcset('avif') },
        { mimeType: 'image/webp', srcset: srcset('webp') },
        { mimeType: 'image/jpeg', srcset: srcset('jpg') },
      ],
    });
    expect([...body.html.matchAll(/ srcset="([^"]*)"/g)].map(([, found]) => found)).toEqual(
      ['avif', 'webp', 'jpg'].map(srcset),
    );
    expect(body.markdown).toBe(`Before.\n\n![](media:${id})`);
  });

  test('a figure has the thumbhash, the placeholder and the focal point of its media file', async () => {
    const thumbhash = '1QcSHQRnh493V4dIh4eXh1h4kJUI';
    const placeholder = 'data:image/webp;base64,UklGRhYAAABXRUJQVlA4TAkAAAAvAAAAAIiI/gcA';
    const { id } = await makeImage({ thumbhash, placeholder });
    await masthead.as('author').patch(`/admin/v1/media/${id}`, { focalPoint: { x: 0.25, y: 1 } });
    const { figures, body } = await publishBody(`![](media:${id})`);
    expect(figures).toMatchObject([{ thumbhash, placeholder, focalPoint: { x: 0.25, y: 1 } }]);
    expect(body.html).toContain(
      ` data-thumbhash="${thumbhash}" style="background:center/cover no-repeat url(${placeholder})">`,
    );
  });

  test('a figure without thumbhash, placeholder and focal point has null for each', async () => {
    const { id } = await makeImage({ thumbhash: null, placeholder: null });
    const { figures, body } = await publishBody(`![](media:${id})`);
    expect(figures).toMatchObject([{ thumbhash: null, placeholder: null, focalPoint: null }]);
    expect(body.html).not.toMatch(/style|thumbhash/);
  });

  test.each([
    ['an SVG drawing', { mimeType: 'image/svg+xml' }],
    ['an older image whose number of frames is unknown', { frames: null, mimeType: 'image/gif' }],
  ])('a figure of %s has no renditions', async (_what, facts) => {
    const { id, url } = await makeImage({ ...facts, thumbhash: null, placeholder: null });
    const { figures, body } = await publishBody(`![](media:${id})`);
    expect(figures).toMatchObject([{ sources: [] }]);
    expect(body.html).toBe(
      `<figure><img src="${url}" alt="An image" width="4" height="3" loading="lazy" decoding="async"></figure>`,
    );
  });

  test('an animated figure has its original file and animated WebP renditions', async () => {
    const { id, url } = await makeImage({ frames: 3, mimeType: 'image/gif' });
    const { figures, body } = await publishBody(`![](media:${id})`);
    expect(figures).toMatchObject([{ sources: [{ mimeType: 'image/webp', srcset: `${url}.4.webp 4w` }] }]);
    expect(body.html).toMatch(/^<figure><picture><source type="image\/webp" [^>]*><img src="[^"]*" alt=/);
  });

  test('covers and avatars have renditions, in the issue and in the archive', async () => {
    const cover = await makeImage();
    const avatar = await makeImage();
    const person = await masthead
      .as('admin')
      .post('/admin/v1/people', { slug: 'ada', name: 'Ada', avatarId: avatar.id });
    const sections = [{ title: 'A', items: [{ kind: 'note', title: 'One', body: 'Words.' }] }];
    const fields = { cover: { mediaId: cover.id }, authorIds: [person.body.id], sections };
    const { issue, entry } = await publishAndRead(fields);
    for (const { cover: found, authors } of [issue, entry]) {
      expect(found.sources[0]).toEqual({ mimeType: 'image/avif', srcset: `${cover.url}.4.avif 4w` });
      expect(authors[0].avatar.sources).toHaveLength(3);
    }
  });
});

describe('the publication of an issue with forty figures', () => {
  test('publishing forty figures takes no more statements than publishing four', async () => {
    const countOf = async (count: number) => {
      const images = await Promise.all(Array.from({ length: count }, () => makeImage()));
      const items = images.map(({ id: mediaId }, index) =>
        index % 2
          ? { kind: 'note', title: 'Placed', body: `![](media:${mediaId})` }
          : { kind: 'note', title: 'Listed', body: 'Words.', figures: [{ mediaId }] },
      );
      const { id } = await makeIssue(masthead, { title: 'An issue', sections: [{ title: 'A', items }] });
      return countStatements(() => publish(masthead, id));
    };
    const few = await countOf(4);
    expect(few).toBeGreaterThan(5);
    expect(await countOf(40)).toBe(few);
  });
});
