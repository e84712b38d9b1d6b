import { afterEach, describe, expect, test, vi } from 'vitest';
import { inTransaction } from '../../src/context.ts';
import { publishIssue } from '../../src/modules/publishing/workflow/publish-issue.ts';
import { readBytes, withdraw } from '../delivery/reading.ts';
import { useMasthead } from '../support/app.ts';
import { makeNewsletter, makeReadyIssue, publish } from '../support/factories.ts';
import { one, parseXml } from './parse-xml.ts';

const masthead = useMasthead();

type Letter = Awaited<ReturnType<typeof makeLetter>>;

async function makeLetter() {
  const newsletter = await makeNewsletter(masthead);
  const addressOf = (format: string, tag?: string) =>
    `/content/v1/newsletters/${newsletter.slug}/feed.${format}${tag === undefined ? '' : `?tag=${tag}`}`;
  return {
    id: newsletter.id as string,
    addressOf,
    async put(fields: object = {}) {
      const issue = await makeReadyIssue(masthead, { newsletterId: newsletter.id, ...fields });
      await publish(masthead, issue.id);
      return issue;
    },
    /** Publishes an issue in a transaction that begins before `fn` runs and commits after it. */
    async putDuring(fn: () => Promise<unknown>, fields: object = {}) {
      const issue = await makeReadyIssue(masthead, { newsletterId: newsletter.id, ...fields });
      await inTransaction(masthead.ctx, async (ctx) => {
        await fn();
        await publishIssue(ctx, issue.id, '*');
      });
    },
    /** The time of the feed, in milliseconds. */
    async time(tag?: string) {
      const { body } = await readBytes(masthead, addressOf('atom', tag));
      return Date.parse(one(parseXml(body), 'updated').text);
    },
  };
}

/** The time of the last entry in the newsletter's change log. */
async function timeOfLastChange(newsletterId: string): Promise<number> {
  const { rows } = await masthead.database.pool.query<{ at: Date }>(
    'SELECT at FROM publication_changes WHERE newsletter_id = $1 ORDER BY position DESC LIMIT 1',
    [newsletterId],
  );
  return rows[0]?.at.getTime() ?? Number.NaN;
}

const correct = async (issueId: string, changes: object) => {
  const url = `/admin/v1/issues/${issueId}`;
  const { status } = await masthead.as('author').patch(url, changes, { 'if-match': '*' });
  expect(status).toBe(200);
  await publish(masthead, issueId);
};

const rename = async (newsletterId: string) => {
  const url = `/admin/v1/newsletters/${newsletterId}`;
  const { status } = await masthead.as('admin').patch(url, { title: 'Renamed' });
  expect(status).toBe(200);
};

describe('the time of a feed', () => {
  test('it is that of the last publication, correction or withdrawal', async () => {
    const letter = await makeLetter();
    const [first, second] = [await letter.put(), await letter.put()];
    const steps = [
      () => correct(first.id, { title: 'Corrected' }),
      () => withdraw(masthead, second.id),
      () => publish(masthead, second.id),
      () => withdraw(masthead, second.id),
      // The feed is empty after it.
      () => withdraw(masthead, first.id),
    ];
    for (const step of steps) {
      const before = await letter.time();
      await step();
      expect.soft(await letter.time()).toBe(await timeOfLastChange(letter.id));
      expect.soft(await letter.time()).toBeGreaterThan(before);
    }
    const { body } = await readBytes(masthead, letter.addressOf('rss'));
    const built = one(one(parseXml(body), 'channel'), 'lastBuildDate').text;
    expect(built).toBe(new Date(await timeOfLastChange(letter.id)).toUTCString());
  });

  test('the feed of a tag changes with the issues that have or had the tag, and with no others', async () => {
    const letter = await makeLetter();
    const tagged = await letter.put({ tags: ['a', 'b'] });
    const before = await letter.time('a');
    const other = await letter.put({ tags: ['b'] });
    expect(await letter.time('a')).toBe(before);
    expect(await letter.time('b')).toBe(await timeOfLastChange(letter.id));
    await correct(tagged.id, { tags: ['b'] });
    const corrected = await timeOfLastChange(letter.id);
    expect(await letter.time('a')).toBe(corrected);
    await withdraw(masthead, tagged.id);
    expect(await letter.time('a')).toBe(corrected);
    await withdraw(masthead, other.id);
    expect(await letter.time('b')).toBe(await timeOfLastChange(letter.id));
  });

  test('it increases when a transaction that began earlier commits later', async () => {
    const letter = await makeLetter();
    await letter.putDuring(() => letter.put({ tags: ['a'] }), { tags: ['a'] });
    const { rows } = await masthead.database.pool.query<{ at: Date }>(
      'SELECT at FROM publication_changes WHERE newsletter_id = $1 ORDER BY position',
      [letter.id],
    );
    const [first, last] = rows.map(({ at }) => at.getTime());
    expect(last).toBeLessThan(Number(first));
    expect(await letter.time()).toBeGreaterThan(Number(first));
    expect(await letter.time('a')).toBeGreaterThan(Number(first));
  });
});

describe('Last-Modified and If-Modified-Since', () => {
  const formats = ['rss', 'atom', 'json'] as const;
  const HOUR_MS = 3_600_000;
  const http = (time: number) => new Date(time).toUTCString();

  afterEach(() => void vi.useRealTimers());

  test.each(formats)(
    'the %s feed is not sent again to a client that has it since its last change',
    async (format) => {
      const letter = await makeLetter();
      await letter.put();
      const url = letter.addressOf(format);
      const { headers } = await readBytes(masthead, url);
      const lastModified = String(headers['last-modified']);
      expect(lastModified).toBe(http(await letter.time()));
      for (const since of [lastModified, http(Date.parse(lastModified) + HOUR_MS)]) {
        const answer = await readBytes(masthead, url, { 'if-modified-since': since });
        expect(answer).toMatchObject({
          ...{ status: 304, body: '' },
          headers: { etag: headers.etag, 'last-modified': lastModified, vary: headers.vary },
        });
      }
      for (const since of [http(Date.parse(lastModified) - 1000), http(0)]) {
        expect(await readBytes(masthead, url, { 'if-modified-since': since })).toMatchObject({ status: 200 });
      }
    },
  );

  test.each<[string, (letter: Letter, issueId: string) => Promise<unknown>]>([
    ['publication', ({ put }) => put()],
    ['correction', (_letter, issueId) => correct(issueId, { title: 'Corrected' })],
    ['withdrawal', (_letter, issueId) => withdraw(masthead, issueId)],
    ['change of the newsletter', ({ id }) => rename(id)],
    ['publication whose transaction began before the last one', ({ putDuring, put }) => putDuring(put)],
    [
      'publication whose transaction began before a change of the newsletter',
      ({ id, putDuring }) => putDuring(() => rename(id)),
    ],
  ])('a %s in the second of the last change is not missed', async (_what, change) => {
    const letter = await makeLetter();
    const { id } = await letter.put();
    // The following changes have times in the future.
    for (let count = 0; count < 3; count += 1) await rename(letter.id);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + HOUR_MS });
    const [url, urlOfTag] = [letter.addressOf('rss'), letter.addressOf('rss', 'a')];
    const { headers } = await readBytes(masthead, url);
    const since = { 'if-modified-since': String(headers['last-modified']) };
    for (const each of [url, urlOfTag])
      expect(await readBytes(masthead, each, since)).toMatchObject({ status: 304 });
    await change(letter, id);
    for (const each of [url, urlOfTag]) {
      const answer = await readBytes(masthead, each, since);
      expect(answer.status).toBe(200);
      expect(Date.parse(String(answer.headers['last-modified']))).toBeGreaterThan(
        Date.parse(since['if-modified-since']),
      );
    }
  });

  test('a time in the future is not sent before it has come', async () => {
    const letter = await makeLetter();
    await letter.put();
    for (let count = 0; count < 100; count += 1) await rename(letter.id);
    const future = { 'if-modified-since': http(Date.now() + HOUR_MS) };
    const early = await readBytes(masthead, letter.addressOf('rss'), future);
    expect(early.status).toBe(200);
    expect(early.headers).not.toHaveProperty('last-modified');
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + HOUR_MS });
    const answer = await readBytes(masthead, letter.addressOf('rss'), future);
    expect(answer).toMatchObject({ status: 304, headers: { 'last-modified': expect.any(String) } });
  });

  test('If-None-Match takes precedence', async () => {
    const letter = await makeLetter();
    await letter.put();
    const url = letter.addressOf('json');
    const { headers } = await readBytes(masthead, url);
    const [recent, old] = [http(Date.now() + HOUR_MS), http(0)];
    const ask = (known: string, since: string) =>
      readBytes(masthead, url, { 'if-none-match': known, 'if-modified-since': since });
    expect(await ask('"another"', recent)).toMatchObject({ status: 200 });
    expect(await ask(String(headers.etag), old)).toMatchObject({ status: 304 });
  });

  test.each([
    ['the form of RFC 850', 'Thursday, 31-Dec-37 23:59:59 GMT', 304],
    ['the form of asctime', 'Thu Dec 31 23:59:59 2037', 304],
    ['the form of asctime with one digit', 'Tue Jan  5 23:59:59 2038', 304],
    ['RFC 3339', '2037-12-31T23:59:59Z', 200],
    ['a number', '9999999999', 200],
    ['another time zone', 'Thu, 31 Dec 2037 23:59:59 +0100', 200],
    ['no date', 'tomorrow', 200],
    ['nothing', '', 200],
  ])('a time in %s is answered with %3$d', async (_what, since, status) => {
    const letter = await makeLetter();
    await letter.put();
    expect(await readBytes(masthead, letter.addressOf('rss'), { 'if-modified-since': since })).toMatchObject({
      status,
    });
  });

  test('a response that has no Last-Modified is sent whatever If-Modified-Since says', async () => {
    const letter = await makeLetter();
    await letter.put();
    const url = letter.addressOf('rss').replace('feed.rss', 'issues');
    const answer = await readBytes(masthead, url, { 'if-modified-since': http(Date.now() + HOUR_MS) });
    expect(answer.status).toBe(200);
    expect(answer.headers).not.toHaveProperty('last-modified');
  });
});
