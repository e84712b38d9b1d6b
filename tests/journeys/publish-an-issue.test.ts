import sharp from 'sharp';
import supertest from 'supertest';
import { beforeAll, describe, expect, test } from 'vitest';
import { useTestDatabase } from '../support/database.ts';
import { useNodes } from '../support/nodes.ts';

const testDatabase = useTestDatabase();
const nodes = useNodes();

const ADMIN_KEY = 'the-key-of-an-operator-who-begins';
const SCHEDULE_AHEAD_MS = 3_000;
const issuePath = '/content/v1/newsletters/one-letter/issues/first-light';

let agent: ReturnType<typeof supertest>;
const keys = { admin: ADMIN_KEY, author: '', editor: '' };

beforeAll(async () => {
  const node = await nodes.start(testDatabase.url, { environment: { BOOTSTRAP_ADMIN_KEY: ADMIN_KEY } });
  agent = supertest(node.address);
});

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

function as(who: keyof typeof keys, method: Method, path: string) {
  return agent[method](`/admin/v1${path}`).auth(keys[who], { type: 'bearer' });
}

const read = (path = issuePath) => agent.get(path);

/** Values that one step finds and a later one needs. */
const found = {
  newsletterId: '',
  issueId: '',
  itemId: '',
  mediaId: '',
  paperId: '',
  issueTag: '',
  dueAt: '',
};
let readerTag = '';

describe('the life of an issue, from the first draft to its withdrawal', () => {
  test('an admin creates a newsletter, a key for its author and a key for its editor', async () => {
    const newsletter = await as('admin', 'post', '/newsletters')
      .send({ slug: 'one-letter', title: 'One letter', timeZone: 'Australia/Brisbane' })
      .expect(201);
    found.newsletterId = newsletter.body.id;
    for (const role of ['author', 'editor'] as const) {
      const { body } = await as('admin', 'post', '/api-keys')
        .send({ name: `The ${role}`, role, newsletterIds: [found.newsletterId] })
        .expect(201);
      keys[role] = body.secret;
    }
  });

  test('the author uploads a figure, adds a paper and writes the issue', async () => {
    const pixels = { width: 40, height: 30, channels: 3, background: 'teal' } as const;
    const image = await sharp({ create: pixels }).png().toBuffer();
    const media = await as('author', 'post', '/media')
      .field('caption', 'The model at a glance')
      .attach('file', image, 'model.png')
      .expect(201);
    const paper = await as('author', 'post', '/papers')
      .send({ title: 'Light from noise', arxivId: '2201.12086', authors: [{ name: 'A. Author' }] })
      .expect(201);
    [found.mediaId, found.paperId] = [media.body.id, paper.body.id];

    const body = `Before.\n\n![](media:${found.mediaId})\n\nAfter, *with care*.`;
    const issue = await as('author', 'post', `/newsletters/${found.newsletterId}/issues`)
      .send({
        slug: 'first-light',
        title: 'First light',
        intro: 'Hello *reader*.',
        sections: [
          { title: 'Papers', items: [{ kind: 'paper', title: 'Light', paperId: found.paperId, body }] },
          { title: 'Notes', items: [{ kind: 'note', title: 'One', body: 'A note.' }] },
        ],
      })
      .expect(201);
    expect(issue.body).toMatchObject({ number: 1, status: 'draft', publication: null });
    found.issueId = issue.body.id;
    found.itemId = issue.body.sections[0].items[0].id;
    found.issueTag = issue.headers.etag ?? '';
    await read().expect(404);
  });

  test('the editor learns why the issue is not ready, and the author fixes it', async () => {
    const at = new Date(Date.now() + 60_000).toISOString();
    const refused = await as('editor', 'put', `/issues/${found.issueId}/schedule`)
      .set('if-match', found.issueTag)
      .send({ at })
      .expect(422);
    expect(refused.body.errors).toMatchObject([
      { pointer: '/sections/0/items/0/body', code: 'alt_missing', remedy: expect.any(String) },
    ]);
    await as('author', 'patch', `/media/${found.mediaId}`).send({ alt: 'Boxes and arrows' }).expect(200);
    const readiness = await as('editor', 'get', `/issues/${found.issueId}/readiness`).expect(200);
    expect(readiness.body).toMatchObject({ ready: true, problems: [] });
  });

  test('the editor schedules the issue a few seconds ahead, and the author is not allowed to', async () => {
    found.dueAt = new Date(Date.now() + SCHEDULE_AHEAD_MS).toISOString();
    const schedule = (who: 'author' | 'editor') =>
      as(who, 'put', `/issues/${found.issueId}/schedule`)
        .set('if-match', found.issueTag)
        .send({ at: found.dueAt });
    await schedule('author').expect(403);
    const { body, headers } = await schedule('editor').expect(200);
    expect(body).toMatchObject({
      status: 'scheduled',
      schedule: { at: found.dueAt, timeZone: 'Australia/Brisbane' },
    });
    found.issueTag = headers.etag ?? '';
    await read().expect(404);
  });

  test('readers find the issue at its scheduled time and not before', async () => {
    await expect.poll(async () => (await read()).status).toBe(200);
    const { body, headers } = await read().expect(200);
    readerTag = headers.etag ?? '';
    const lag = Date.parse(body.publishedAt) - Date.parse(found.dueAt);
    expect(lag).toBeGreaterThanOrEqual(0);
    expect(lag).toBeLessThan(2_000);
    expect(body).toMatchObject({
      title: 'First light',
      edition: 1,
      intro: { html: '<p>Hello <em>reader</em>.</p>' },
      sections: [
        { items: [{ anchor: 'light', paper: { arxivId: '2201.12086' } }] },
        { items: [{ anchor: 'one' }] },
      ],
    });
    expect(body.sections[0].items[0].body.html).toMatch(
      /<p>Before\.<\/p>\s*<figure><picture>.*<img [^>]*alt="Boxes and arrows"[^>]*>.*The model at a glance.*<p>After/s,
    );
    const { pathname } = new URL(body.sections[0].items[0].figures[0].url);
    await agent.get(pathname).expect(200).expect('content-type', 'image/png');
    await read().set('if-none-match', readerTag).expect(304);
  });

  test('the archive and the page of the paper list the issue', async () => {
    const archive = await read('/content/v1/newsletters/one-letter/issues').expect(200);
    expect(archive.body.data).toMatchObject([{ number: 1, slug: 'first-light', edition: 1 }]);
    const paper = await read(`/content/v1/papers/${found.paperId}`).expect(200);
    expect(paper.body.featuredIn).toMatchObject([{ issue: { number: 1 }, item: { anchor: 'light' } }]);
  });

  test('the author edits the issue, and readers do not see the change yet', async () => {
    const { headers } = await as('editor', 'get', `/issues/${found.issueId}`).expect(200);
    const changed = await as('author', 'patch', `/items/${found.itemId}`)
      .set('if-match', headers.etag ?? '')
      .send({ title: 'Light, corrected' })
      .expect(200);
    found.issueTag = changed.headers.etag ?? '';
    await read().set('if-none-match', readerTag).expect(304);
  });

  test('the editor publishes the correction, and readers see it at once at the same address', async () => {
    const publish = () =>
      as('editor', 'put', `/issues/${found.issueId}/publication`).set('if-match', found.issueTag).send({});
    const published = await publish().expect(200);
    expect(published.body.publication).toMatchObject({ edition: 2, hasUnpublishedChanges: false });
    await publish().expect(412);
    found.issueTag = published.headers.etag ?? '';

    const { body } = await read().set('if-none-match', readerTag).expect(200);
    expect(body).toMatchObject({ edition: 2, sections: [{ items: [{ title: 'Light, corrected' }] }, {}] });
    expect(body.sections[0].items[0].anchor).toBe('light');
    expect(body.updatedAt > body.publishedAt).toBe(true);
  });

  test('the editor withdraws the issue, and its address returns the same as an unknown one', async () => {
    const withdrawn = await as('editor', 'delete', `/issues/${found.issueId}/publication`)
      .set('if-match', found.issueTag)
      .expect(200);
    expect(withdrawn.body).toMatchObject({ status: 'draft', publication: null });
    const never = await read('/content/v1/newsletters/one-letter/issues/never-written').expect(404);
    expect((await read().expect(404)).body).toEqual(never.body);
    await read(`/content/v1/papers/${found.paperId}`).expect(404);
    const archive = await read('/content/v1/newsletters/one-letter/issues').expect(200);
    expect(archive.body.data).toEqual([]);
  });

  test('the editions and the events show what was published and who did what', async () => {
    const editions = await as('editor', 'get', `/issues/${found.issueId}/editions`).expect(200);
    expect(editions.body.data).toMatchObject([
      { version: 2, isLive: false },
      { version: 1, isLive: false },
    ]);
    const events = await as('editor', 'get', `/events?issueId=${found.issueId}`).expect(200);
    expect(
      events.body.data.map((event: { type: string; actor: { name: string } }) => [
        event.type,
        event.actor.name,
      ]),
    ).toEqual([
      ['issue.unpublished', 'The editor'],
      ['issue.published', 'The editor'],
      ['issue.updated', 'The author'],
      ['issue.published', 'schedule'],
      ['issue.scheduled', 'The editor'],
      ['issue.created', 'The author'],
    ]);
  });
});
