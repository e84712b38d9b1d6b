import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { PAIRS } from '../../bench/markdown/fuzz/markup.ts';
import { findTextExcess } from '../../src/markdown/limits.ts';
import { HOSTILE_TEXTS } from '../markdown/hostile-texts.ts';
import { useMasthead } from '../support/app.ts';
import { measureLongestHold } from '../support/event-loop.ts';
import { makeIssue, makeMedia, makeNewsletter, makeReadyIssue } from '../support/factories.ts';
import { readChecklist } from './checklist.ts';

const masthead = useMasthead();
const MAX_HOLD_MS = 50;
const note = (body: string) => ({ kind: 'note', title: 'A note', body });
const issueOf = (...bodies: string[]) => ({ sections: [{ title: 'Notes', items: bodies.map(note) }] });

let newsletterId = '';

/** Compiles the code that every test runs, so that only its work is measured. */
beforeAll(async () => {
  newsletterId = (await makeNewsletter(masthead)).id;
  for (let times = 0; times < 5; times += 1) await saveCheckAndPublish('*Some* words.');
});

/** The longest text that the renderer does not refuse before it parses it. */
function longestWithinLimits(write: (length: number) => string): string {
  let [within, beyond] = [0, 100_001];
  while (beyond - within > 1) {
    const length = Math.floor((within + beyond) / 2);
    const text = write(length);
    if (text.length <= 100_000 && findTextExcess(text) === null) within = length;
    else beyond = length;
  }
  return write(within);
}

/** Returns the problems in the checklist, and the status of publishing. */
async function saveCheckAndPublish(...bodies: string[]) {
  const { id } = await makeReadyIssue(masthead, { newsletterId, ...issueOf(...bodies) });
  const path = `/admin/v1/issues/${id}`;
  const { problems } = await readChecklist(masthead, id);
  const { status } = await masthead.as('editor').put(`${path}/publication`, {}, { 'if-match': '*' });
  return { problems, status };
}

test('the measurement sees how long work holds the event loop, also after a wait', async () => {
  const spin = () => {
    const start = process.threadCpuUsage();
    while (process.threadCpuUsage(start).user < MAX_HOLD_MS * 1_000);
  };
  const hold = await measureLongestHold(async () => {
    await readChecklist(masthead, (await makeIssue(masthead)).id);
    spin();
    await readChecklist(masthead, (await makeIssue(masthead)).id);
  });
  expect(hold).toBeGreaterThanOrEqual(MAX_HOLD_MS);
});

describe('a text that takes long to parse', () => {
  test.each(Object.entries(HOSTILE_TEXTS))(
    'saving, checking and publishing %s never holds the event loop for 50 ms',
    async (_name, write) => {
      for (const body of new Set([longestWithinLimits(write), write(100_000).slice(0, 100_000)])) {
        await expectShortHolds(body);
      }
    },
  );
});

async function expectShortHolds(...bodies: string[]) {
  const longest = await measureLongestHold(async () => {
    const { problems, status } = await saveCheckAndPublish(...bodies);
    expect(status).toBe(problems.length === 0 ? 200 : 422);
  });
  expect(longest).toBeLessThan(MAX_HOLD_MS);
}

/** Takes minutes to parse. */
const endless = `https://a.b/${'.'.repeat(99_000)}x`;

describe('a text that takes too long to parse', () => {
  test('it is saved as it is, readiness and publishing name its place, and it cannot be scheduled', async () => {
    const fields = { intro: endless, signOff: 'Bye.', ...issueOf('Fine.', endless) };
    const { id, intro } = await makeReadyIssue(masthead, fields);
    expect(intro).toBe(endless);
    const places = ['/intro', '/sections/0/items/1/body'];
    const { ready, problems } = await readChecklist(masthead, id);
    expect(ready).toBe(false);
    expect(problems).toEqual(
      places.map((pointer) => ({
        pointer,
        code: 'text_too_slow',
        message: 'takes too long to render',
        remedy: 'Split it into several texts, or simplify its markup.',
      })),
    );
    const editor = masthead.as('editor');
    const path = `/admin/v1/issues/${id}`;
    const at = new Date(Date.now() + 86_400_000).toISOString();
    for (const answer of [
      await editor.put(`${path}/publication`, {}, { 'if-match': '*' }),
      await editor.put(`${path}/schedule`, { at }, { 'if-match': '*' }),
    ]) {
      expect(answer.status).toBe(422);
      expect(answer.body.code).toBe('not_ready');
      expect(answer.body.errors.map((error: { pointer: string }) => error.pointer)).toEqual(places);
    }
  });

  test('it can be shortened, and is then published', async () => {
    const { id, sections } = await makeReadyIssue(masthead, issueOf(endless));
    const editor = masthead.as('editor');
    const change = { body: 'Short.' };
    const path = `/admin/v1/items/${sections[0].items[0].id}`;
    expect((await editor.patch(path, change, { 'if-match': '*' })).status).toBe(200);
    const publication = `/admin/v1/issues/${id}/publication`;
    expect((await editor.put(publication, {}, { 'if-match': '*' })).status).toBe(200);
  });

  test('media files that it shows or links to cannot be deleted', async () => {
    const [shown, linked, other] = [
      await makeMedia(masthead),
      await makeMedia(masthead),
      await makeMedia(masthead),
    ];
    const body = `![](media:${shown.id}) [x](MEDIA:${linked.id.toUpperCase()}) ${endless}`.slice(0, 100_000);
    await makeReadyIssue(masthead, issueOf(body));
    const remove = async ({ id }: { id: string }) =>
      (await masthead.as('admin').delete(`/admin/v1/media/${id}`, { 'if-match': '*' })).status;
    expect(await Promise.all([shown, linked, other].map(remove))).toEqual([409, 409, 204]);
  });

  test('looking at its readiness again costs no more than at that of other texts', async () => {
    const { id } = await makeReadyIssue(masthead, issueOf(endless));
    await readChecklist(masthead, id);
    const before = process.cpuUsage();
    for (let times = 0; times < 10; times += 1) await readChecklist(masthead, id);
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1_000).toBeLessThan(500);
  });

  test('others can save and publish while it is read', async () => {
    const { id } = await makeReadyIssue(masthead);
    const hostile = Array.from({ length: 2 }, (_, at) => `${at} ${endless}`.slice(0, 100_000));
    let isRead = false;
    const slow = makeIssue(masthead, issueOf(...hostile)).then(() => {
      isRead = true;
    });
    const publication = `/admin/v1/issues/${id}/publication`;
    const answer = await masthead.as('editor').put(publication, {}, { 'if-match': '*' });
    expect({ status: answer.status, isRead }).toEqual({ status: 200, isRead: false });
    await slow;
  });
});

test('one request with 1.2 MB of text does not hold the event loop for 50 ms, whether it is slow to parse or not', async () => {
  const { id } = await makeIssue(masthead);
  const saveAndCheck = async (slowTexts: number) => {
    const bodies = Array.from(
      { length: 12 },
      (_, at) => `${at} ${(at < slowTexts ? '`a' : 'ab').repeat(49_990)}`,
    );
    const path = `/admin/v1/issues/${id}/content`;
    const answer = await masthead.as('author').put(path, issueOf(...bodies), { 'if-match': '*' });
    expect(answer.status).toBe(200);
    expect((await readChecklist(masthead, id)).problems).toMatchObject([{ code: 'too_long' }]);
  };
  // The first requests of this size take longer, whatever they contain.
  for (let times = 0; times < 3; times += 1) await saveAndCheck(0);
  expect(await measureLongestHold(() => saveAndCheck(2))).toBeLessThan(MAX_HOLD_MS);
});

describe('generated texts', () => {
  const wrapped = fc.letrec<{ text: string }>((tie) => ({
    text: fc.oneof(
      { depthSize: 'large', withCrossShrink: true },
      fc.constantFrom('x', 'a b', '.', '&a', '\n', '\n\n', ' ', '(', ')', '日本', '🎉', '\\'),
      fc
        .tuple(fc.constantFrom(...PAIRS), tie('text'), fc.integer({ min: 1, max: 300 }))
        .map(([[open, close], inner, times]) => cut(open.repeat(times) + inner + close.repeat(times))),
      fc.tuple(tie('text'), fc.integer({ min: 2, max: 2_000 })).map(([text, times]) => cut(text, times)),
      fc.tuple(tie('text'), tie('text')).map(([one, other]) => cut(one + other)),
    ),
  })).text;

  test('saving, checking and publishing generated nestings of all constructs never holds the event loop for 50 ms', async () => {
    await fc.assert(
      fc.asyncProperty(wrapped, (body) => expectShortHolds(body, 'More.')),
      { numRuns: 60 },
    );
  });
});

/** Repeats a text, up to the longest that a field takes. */
function cut(text: string, times = 1): string {
  const most = Math.ceil(100_000 / Math.max(1, text.length));
  return text.repeat(Math.min(times, most)).slice(0, 100_000).toWellFormed();
}

describe('an issue whose texts are short and whose document would be long', () => {
  test('readiness names its length, and nothing holds the event loop for 50 ms', async () => {
    const body = `${'a[^1] '.repeat(300)}\n\n[^1]: x`;
    const items = Array.from({ length: 165 }, (_, at) => note(`${at} ${body}`));
    const longest = await measureLongestHold(async () => {
      const { id } = await makeReadyIssue(masthead, { sections: [{ title: 'Notes', items }] });
      expect((await readChecklist(masthead, id)).problems).toMatchObject([{ pointer: '', code: 'too_long' }]);
      const publication = `/admin/v1/issues/${id}/publication`;
      expect((await masthead.as('editor').put(publication, {}, { 'if-match': '*' })).status).toBe(422);
    });
    expect(longest).toBeLessThan(MAX_HOLD_MS);
  });

  test('fifty thousand images in an issue do not hold the event loop for 50 ms', async () => {
    const { id: mediaId } = await makeMedia(masthead, { alt: 'x' });
    const body = `${`${'![a] '.repeat(490)}\n\n`.repeat(4)}[a]: media:${mediaId}`;
    const items = Array.from({ length: 29 }, (_, at) => note(`${at} ${body}`));
    const longest = await measureLongestHold(async () => {
      const { id } = await makeReadyIssue(masthead, { sections: [{ title: 'Notes', items }] });
      const { problems } = await readChecklist(masthead, id);
      expect(problems).toMatchObject([{ pointer: '', code: 'too_many_images' }]);
    });
    expect(longest).toBeLessThan(MAX_HOLD_MS);
  });
});
