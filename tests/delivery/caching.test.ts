import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { EXPOSED_HEADERS } from '../../src/lib/exposed-headers.ts';
import { useMasthead } from '../support/app.ts';
import { makeNewsletter, makePaper, makeReadyIssue, publish } from '../support/factories.ts';
import { injectAtDoor } from '../support/inject.ts';
import { readBytes } from './reading.ts';

const masthead = useMasthead();
const JSON_TYPE = 'application/json; charset=utf-8';

/** One response of each kind, with the surrogate keys that purge it. */
let responses: { url: string; surrogateKey: string; vary?: string; contentType?: string }[];
let issue: { id: string; slug: string; newsletterId: string };
let issueUrl: string;

beforeAll(async () => {
  const newsletter = await makeNewsletter(masthead, { title: 'Ünïcödé 📰' });
  const paper = await makePaper(masthead);
  issue = await makeReadyIssue(masthead, {
    newsletterId: newsletter.id,
    sections: [
      { title: 'Papers', items: [{ kind: 'paper', title: 'é', body: 'It matters.', paperId: paper.id }] },
    ],
  });
  await publish(masthead, issue.id);
  const base = `/content/v1/newsletters/${newsletter.slug}`;
  issueUrl = `${base}/issues/1`;
  responses = [
    { url: '/content/v1/newsletters', surrogateKey: 'content newsletters' },
    { url: base, surrogateKey: `content newsletter:${newsletter.id}` },
    {
      url: `${base}/issues`,
      surrogateKey: `content newsletter:${newsletter.id} archive:${newsletter.id}`,
    },
    { url: issueUrl, surrogateKey: `content newsletter:${newsletter.id} issue:${issue.id}` },
    { url: `${base}/issues/latest`, surrogateKey: `content newsletter:${newsletter.id} issue:${issue.id}` },
    {
      url: `/content/v1/papers/${paper.id}`,
      surrogateKey: `content paper:${paper.id} newsletters`,
      vary: 'accept, accept-encoding',
    },
    {
      url: `/content/v1/papers/${paper.id}?format=bibtex`,
      surrogateKey: `content paper:${paper.id}`,
      contentType: 'application/x-bibtex; charset=utf-8',
    },
    {
      url: `${base}/issues/latest/papers`,
      surrogateKey: `content newsletter:${newsletter.id} issue:${issue.id} paper:${paper.id}`,
      vary: 'accept, accept-encoding',
    },
    {
      url: `${base}/issues/1/citation`,
      surrogateKey: `content newsletter:${newsletter.id} issue:${issue.id}`,
      vary: 'accept, accept-encoding',
    },
  ];
});

test('every response has a cache lifetime and surrogate keys, and any origin may read it', async () => {
  for (const { url, surrogateKey, vary = 'accept-encoding', contentType = JSON_TYPE } of responses) {
    const { status, headers, body } = await readBytes(masthead, url, { origin: 'https://reader.example' });
    expect.soft({ status, headers }, url).toEqual({
      status: 200,
      headers: {
        'content-type': contentType,
        'content-length': String(Buffer.byteLength(body)),
        'cache-control': 'public, max-age=0, s-maxage=60, stale-while-revalidate=600, stale-if-error=86400',
        'surrogate-key': surrogateKey,
        etag: expect.any(String),
        vary,
        'x-content-type-options': 'nosniff',
        'access-control-allow-origin': '*',
        'access-control-expose-headers': EXPOSED_HEADERS.join(', '),
        connection: 'keep-alive',
      },
    });
  }
});

test('the ETag is strong and a hash of the body', async () => {
  for (const { url } of responses) {
    const { headers, body } = await readBytes(masthead, url);
    expect(headers.etag).toBe(`"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`);
  }
});

test('the ETag changes with the body and stays the same while the body does', async () => {
  const tagged = async (title: string) => {
    await masthead.as('author').patch(`/admin/v1/issues/${issue.id}`, { title }, { 'if-match': '*' });
    await publish(masthead, issue.id);
    return readBytes(masthead, issueUrl);
  };
  const answers = [await tagged('One'), await tagged('Two'), await tagged('One')];
  expect(new Set(answers.map(({ headers }) => headers.etag)).size).toBe(3);
  expect(new Set(answers.map(({ body }) => body)).size).toBe(3);
  expect((await readBytes(masthead, issueUrl)).headers.etag).toBe(answers[2]?.headers.etag);
});

test('HEAD returns the headers of GET and no body', async () => {
  for (const { url } of responses) {
    const get = await injectAtDoor(masthead.app, { method: 'GET', url });
    const head = await injectAtDoor(masthead.app, { method: 'HEAD', url });
    expect(head.statusCode).toBe(200);
    expect(head.body).toBe('');
    expect({ ...head.headers, date: '' }).toEqual({ ...get.headers, date: '' });
  }
});

describe('If-None-Match', () => {
  test.each([
    ['the ETag', (etag: string) => etag],
    ['the weak ETag', (etag: string) => `W/${etag}`],
    ['a list that contains the ETag', (etag: string) => `"a", ${etag}`],
    ['a list without spaces', (etag: string) => `"a",${etag},"b"`],
    ['a list that contains the weak ETag', (etag: string) => `W/"a" ,  W/${etag}`],
    ['an asterisk', () => '*'],
    ['an asterisk between spaces', () => ' * '],
  ])('If-None-Match with %s returns 304 with the headers and no body', async (_what, write) => {
    for (const { url, surrogateKey } of responses) {
      const { headers } = await readBytes(masthead, url);
      for (const method of ['GET', 'HEAD'] as const) {
        const answer = await injectAtDoor(masthead.app, {
          method,
          url,
          headers: { 'if-none-match': write(String(headers.etag)), origin: 'https://reader.example' },
        });
        expect(answer.statusCode).toBe(304);
        expect(answer.body).toBe('');
        expect(answer.headers).toMatchObject({
          etag: headers.etag,
          'cache-control': headers['cache-control'],
          'surrogate-key': surrogateKey,
          'access-control-allow-origin': '*',
        });
      }
    }
  });

  test.each([
    ['another ETag', () => '"another"'],
    ['the ETag without quotes', (etag: string) => etag.slice(1, -1)],
    ['the ETag in lower case', (etag: string) => etag.toLowerCase()],
    ['a truncated ETag', (etag: string) => `${etag.slice(0, -2)}"`],
    ['an empty value', () => ''],
    ['only commas', () => ',,,'],
    ['a thousand ETags', () => Array.from({ length: 1000 }, (_, index) => `"${index}"`).join(',')],
  ])('If-None-Match with %s returns 200', async (_what, write) => {
    const { headers } = await readBytes(masthead, issueUrl);
    const answer = await readBytes(masthead, issueUrl, { 'if-none-match': write(String(headers.etag)) });
    expect(answer).toMatchObject({ status: 200, headers: { etag: headers.etag } });
    expect(answer.body).not.toBe('');
  });

  test('If-None-Match does not turn a 404 into a 304', async () => {
    const url = issueUrl.replace(/1$/, '99');
    expect(await readBytes(masthead, url, { 'if-none-match': '*' })).toMatchObject({ status: 404 });
  });

  test('the ETag of an edition that was corrected since returns 200 with the correction', async () => {
    const { headers } = await readBytes(masthead, issueUrl);
    await masthead
      .as('author')
      .patch(`/admin/v1/issues/${issue.id}`, { title: 'Corrected' }, { 'if-match': '*' });
    await publish(masthead, issue.id);
    const answer = await readBytes(masthead, issueUrl, { 'if-none-match': String(headers.etag) });
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.body)).toMatchObject({ title: 'Corrected' });
  });
});

describe('a page of another origin', () => {
  const origin = 'https://reader.example';

  test('a page of another origin can also read error responses, and gets no credentials or cookies', async () => {
    for (const [url, status] of [
      ['/content/v1/newsletters/none', 404],
      ['/content/v1/nope', 404],
      ['/content/v1/newsletters?limit=0', 400],
      ['/content/v1/papers/none', 400],
      [issueUrl, 200],
    ] as const) {
      const answer = await readBytes(masthead, url, { origin });
      expect(answer).toMatchObject({ status, headers: { 'access-control-allow-origin': '*' } });
      expect(answer.headers).not.toHaveProperty('access-control-allow-credentials');
      expect(answer.headers).not.toHaveProperty('set-cookie');
    }
  });

  test('a script of another origin may send If-None-Match', async () => {
    for (const { url } of responses) {
      const answer = await masthead.anonymous.send({
        method: 'OPTIONS',
        url,
        headers: {
          origin,
          'access-control-request-method': 'GET',
          'access-control-request-headers': 'if-none-match',
        },
      });
      expect(answer).toMatchObject({
        status: 204,
        body: '',
        headers: {
          'access-control-allow-origin': '*',
          'access-control-allow-methods': expect.stringContaining('GET'),
          'access-control-allow-headers': '*',
        },
      });
      expect(answer.headers).not.toHaveProperty('access-control-allow-credentials');
    }
  });
});
