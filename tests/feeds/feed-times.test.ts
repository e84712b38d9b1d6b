import { describe, expect, test } from 'vitest';
import { readBytes, withdraw } from '../delivery/reading.ts';
import { useMasthead } from '../support/app.ts';
import { makeNewsletter, makeReadyIssue, publish } from '../support/factories.ts';
import { one, parseXml } from './parse-xml.ts';

const masthead = useMasthead();

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

  test('it does not go back when a transaction that began earlier commits later', async () => {
    const letter = await makeLetter();
    await letter.put();
    const later = new Date(Date.now() + 60_000);
    await masthead.database.pool.query(
      'UPDATE publication_feeds SET changed_at = $2 WHERE newsletter_id = $1',
      [letter.id, later],
    );
    await letter.put();
    expect(await letter.time()).toBe(later.getTime());
  });
});

describe('Last-Modified and If-Modified-Since', () => {
  const formats = ['rss', 'atom', 'json'] as const;
  const HOUR_MS = 3_600_000;
  const http = (time: number) => new Date(time).toUTCString();

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

  test('a change of the newsletter is a change of its feed', async () => {
    const letter = await makeLetter();
    const { headers } = await readBytes(masthead, letter.addressOf('rss'));
    await masthead.database.pool.query(
      `UPDATE newsletters SET updated_at = updated_at + interval '1 hour' WHERE id = $1`,
      [letter.id],
    );
    masthead.responses.clear();
    const since = { 'if-modified-since': String(headers['last-modified']) };
    const answer = await readBytes(masthead, letter.addressOf('rss'), since);
    expect(answer.status).toBe(200);
    expect(answer.headers['last-modified']).toBe(
      http(Date.parse(String(headers['last-modified'])) + HOUR_MS),
    );
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
