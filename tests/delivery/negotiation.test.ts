import { brotliDecompressSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { useMasthead } from '../support/app.ts';
import { countStatements } from '../support/count-statements.ts';
import { makeIssue, makeNewsletter, makePaper, publish } from '../support/factories.ts';
import { injectAtDoor } from '../support/inject.ts';

const masthead = useMasthead();

const CSL = 'application/vnd.citationstyles.csl+json';

/** Each format with its media type in Accept and the type of the response when the query chooses it. */
const FORMATS = [
  ['json', 'application/json', 'application/json'],
  ['csl-json', CSL, CSL],
  ['bibtex', 'application/x-bibtex', 'application/x-bibtex'],
  ['ris', 'application/x-research-info-systems', 'application/x-research-info-systems'],
  ['apa', 'text/x-bibliography; style=apa', 'text/plain'],
  ['ieee', 'text/x-bibliography; style=ieee', 'text/plain'],
  ['chicago', 'text/x-bibliography; style=chicago', 'text/plain'],
] as const;

const OPERATIONS = ['a paper', 'the papers of an issue', 'an issue', 'an item'] as const;
let addresses: Record<(typeof OPERATIONS)[number], string>;
let paper: { id: string };

beforeAll(async () => {
  const newsletter = await makeNewsletter(masthead);
  paper = await makePaper(masthead, {
    title: 'On Computable Numbers',
    authors: ['Alan Turing'],
    year: 1936,
    doi: '10.1112/plms/s2-42.1.230',
    abstract: 'The computable numbers may be described briefly. '.repeat(40),
  });
  const items = [{ kind: 'paper', title: 'An item', body: 'Words.', paperId: paper.id }];
  const issue = await makeIssue(masthead, {
    newsletterId: newsletter.id,
    title: 'An issue',
    sections: [{ title: 'Papers', items }],
  });
  await publish(masthead, issue.id);
  const base = `/content/v1/newsletters/${newsletter.slug}/issues/1`;
  addresses = {
    'a paper': `/content/v1/papers/${paper.id}`,
    'the papers of an issue': `${base}/papers`,
    'an issue': `${base}/citation`,
    'an item': `${base}/items/an-item/citation`,
  };
});

function ask(url: string, headers: Record<string, string> = {}, method: 'GET' | 'HEAD' = 'GET') {
  return injectAtDoor(masthead.app, { url, method, headers });
}

describe.each(OPERATIONS)('the formats of %s', (what) => {
  test.each(FORMATS)('%s is the same text by query and by Accept', async (format, accept, type) => {
    const url = addresses[what];
    const byQuery = await ask(`${url}?format=${format}`, { accept: 'text/html' });
    const byAccept = await ask(url, { accept });
    expect(byQuery.statusCode, byQuery.body).toBe(200);
    expect(byQuery.headers).toMatchObject({
      'content-type': `${type}; charset=utf-8`,
      vary: 'accept-encoding',
    });
    expect(byAccept.headers).toMatchObject({
      'content-type': `${accept}; charset=utf-8`,
      vary: 'accept, accept-encoding',
    });
    expect(byAccept.body).toBe(byQuery.body);
    expect(byQuery.body).not.toBe('');
  });

  test('every format has its own ETag, which returns 304 for that format only, and answers HEAD', async () => {
    const url = addresses[what];
    const answers = await Promise.all(FORMATS.map(([, accept]) => ask(url, { accept })));
    const etags = answers.map(({ headers }) => String(headers.etag));
    expect(new Set(etags).size).toBe(FORMATS.length);
    for (const [index, [format, accept]] of FORMATS.entries()) {
      for (const [other, etag] of etags.entries()) {
        const { statusCode } = await ask(url, { accept, 'if-none-match': etag });
        expect(statusCode, `${format}, known: ${FORMATS[other]?.[0]}`).toBe(other === index ? 304 : 200);
      }
      const head = await ask(url, { accept }, 'HEAD');
      expect(head.body).toBe('');
      expect({ ...head.headers, date: '' }).toEqual({ ...answers[index]?.headers, date: '' });
    }
  });

  test('a cached format is never served to a client that asks for another', async () => {
    const url = addresses[what];
    const inOrder = [...FORMATS, ...FORMATS.toReversed(), ...FORMATS];
    for (const [, accept] of inOrder) {
      const { headers } = await ask(url, { accept });
      expect(headers['content-type']).toBe(`${accept}; charset=utf-8`);
    }
  });

  test('every format is served without a query once it is cached', async () => {
    const url = addresses[what];
    await masthead.receiveNotifications();
    for (const [, accept] of FORMATS) await ask(url, { accept });
    const count = await countStatements(async () => {
      for (const [format, accept] of FORMATS) {
        await ask(url, { accept });
        await ask(url, { accept: `${accept}, */*;q=0.1` });
        expect(masthead.responses.find(format === 'json' ? url : `${url} ${format}`)).not.toBeNull();
      }
    });
    expect(count).toBe(0);
  });

  test('browsers and clients that accept none of the formats get JSON', async () => {
    for (const accept of ['text/html,application/xml;q=0.9,*/*;q=0.8', 'image/png', '*/*', '']) {
      expect((await ask(addresses[what], { accept })).headers['content-type']).toMatch(/^application\/json/);
    }
    expect((await ask(addresses[what])).headers['content-type']).toMatch(/^application\/json/);
  });

  test.each(['xml', 'BibTeX', '', 'apa,ieee'])(
    'format=%s returns 400 with the list of formats',
    async (format) => {
      const answer = await ask(`${addresses[what]}?format=${encodeURIComponent(format)}`);
      expect(answer.statusCode).toBe(400);
      expect(answer.json()).toMatchObject({
        errors: [
          {
            in: 'query',
            pointer: '/format',
            message: 'must be one of json, bibtex, ris, csl-json, apa, ieee, chicago',
          },
        ],
      });
    },
  );

  test('an unknown query parameter is ignored, in the default format and in one that Accept selects', async () => {
    for (const accept of ['application/json', 'application/x-bibtex']) {
      const plain = await ask(addresses[what], { accept });
      const marked = await ask(`${addresses[what]}?style=apa`, { accept });
      expect([marked.statusCode, marked.body]).toEqual([200, plain.body]);
    }
  });
});

test('a format chosen by Accept is cached with its encoding', async () => {
  const headers = { accept: 'application/x-bibtex', 'accept-encoding': 'br' };
  const plain = await ask(addresses['a paper'], { accept: 'application/x-bibtex' });
  const isEncoded = async () => (await ask(addresses['a paper'], headers)).headers['content-encoding'];
  await expect.poll(isEncoded).toBe('br');
  const encoded = await ask(addresses['a paper'], headers);
  expect(brotliDecompressSync(encoded.rawPayload).toString()).toBe(plain.body);
  expect(encoded.headers.etag).toBe(String(plain.headers.etag).replace(/"$/, '-br"'));
});

test('an unknown paper returns a 404 problem in every format', async () => {
  const unknown = '/content/v1/papers/0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b11';
  for (const [format, accept] of FORMATS) {
    for (const answer of [await ask(unknown, { accept }), await ask(`${unknown}?format=${format}`)]) {
      expect(answer.statusCode).toBe(404);
      expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
    }
  }
});

test('a changed paper shows at once in every format', async () => {
  const [url, ofIssue] = [addresses['a paper'], addresses['the papers of an issue']];
  const askAll = async () => {
    const asked = FORMATS.flatMap(([format, accept]) =>
      [url, ofIssue].flatMap((each) => [ask(each, { accept }), ask(`${each}?format=${format}`)]),
    );
    return Promise.all(asked);
  };
  await askAll();
  await askAll();
  await masthead.as('author').patch(`/admin/v1/papers/${paper.id}`, { title: 'Zahlen' });
  for (const { body } of await askAll()) expect(body).toContain('Zahlen');
});
