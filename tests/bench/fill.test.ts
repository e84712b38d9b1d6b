import { beforeAll, describe, expect, test } from 'vitest';
import { fillNewsletter } from '../../bench/fill/fill-newsletter.ts';
import { RARE_USES, TAGS, WORDS } from '../../bench/fill/landmarks.ts';
import { makeIssue } from '../../bench/fill/make-issue.ts';
import { planFilling } from '../../bench/fill/plan.ts';
import { makeRandom } from '../../bench/random.ts';
import { editionDocument } from '../../src/modules/publishing/editions/edition-schemas.ts';
import { useMasthead } from '../support/app.ts';

const masthead = useMasthead();

const ISSUES = 50;
const NUMBER = 3;
const ARCHIVE = '/content/v1/newsletters/filled';

const plan = planFilling('filled', ISSUES);

beforeAll(async () => {
  const client = await masthead.database.pool.connect();
  try {
    await fillNewsletter(client, plan, () => {});
  } finally {
    client.release();
  }
});

describe('a newsletter that the benchmark has filled', () => {
  test('the filled documents match the schema of editions', () => {
    const document = makeIssue(plan, 0, makeRandom(1));
    expect(editionDocument.parse(document)).toStrictEqual(document);
  });

  test('publishing a filled issue again makes no new edition', async () => {
    const { id } = await readIssue();
    const { status, body } = await masthead
      .as('editor')
      .put(`/admin/v1/issues/${id}/publication`, {}, ANY_REVISION);
    expect(status).toBe(200);
    expect(body.publication).toMatchObject({ edition: 1, hasUnpublishedChanges: false });
  });

  test('the index of a filled issue equals the one that publishing writes', async () => {
    const { id } = await readIssue();
    const filled = await readIndex(id);
    const editor = masthead.as('editor');
    expect(await editor.delete(`/admin/v1/issues/${id}/publication`, ANY_REVISION)).toMatchObject({
      status: 200,
    });
    expect(await readIndex(id)).toStrictEqual({
      ...{ tags: [], tagUses: [], papers: [], people: [], links: [], texts: [] },
    });
    expect(await editor.put(`/admin/v1/issues/${id}/publication`, {}, ANY_REVISION)).toMatchObject({
      status: 200,
    });
    expect(await readIndex(id)).toStrictEqual(filled);
  });

  test('the change log continues at the next position after the filled ones', async () => {
    const { id } = await readIssue();
    const before = await readLog();
    await masthead.as('editor').delete(`/admin/v1/issues/${id}/publication`, ANY_REVISION);
    const last = before.last + 1;
    expect(await readLog()).toEqual({ entries: last, last, counted: last });
    await masthead.as('editor').put(`/admin/v1/issues/${id}/publication`, {}, ANY_REVISION);
  });

  test('the rare tag, the rare word and its misspelling each have the planned number of uses', async () => {
    const tagged = await masthead.anonymous.get(`${ARCHIVE}/issues?limit=100&tag=${TAGS.rare}`);
    expect(tagged.body.data).toHaveLength(RARE_USES);
    const found = await masthead.anonymous.get(`${ARCHIVE}/search?q=${WORDS.rare}`);
    expect(found.body.total).toBe(RARE_USES);
    const meant = await masthead.anonymous.get(`${ARCHIVE}/search?q=${WORDS.mistyped}`);
    expect(meant.body).toMatchObject({ total: RARE_USES, correctedQuery: WORDS.rare });
  });
});

const ANY_REVISION = { 'if-match': '*' };

async function readLog() {
  const { rows } = await masthead.database.pool.query(
    `SELECT count(*)::int AS entries, max(position)::int AS last, last_position::int AS counted
     FROM publication_changes JOIN publication_logs USING (newsletter_id) GROUP BY last_position`,
  );
  return rows[0];
}

async function readIssue() {
  const { status, body } = await masthead.anonymous.get(`${ARCHIVE}/issues/${NUMBER}`);
  expect(status).toBe(200);
  return body;
}

/** The rows that publishing writes beside the edition, without the time of publication. */
async function readIndex(issueId: string) {
  const read = async (table: string) => {
    const { rows } = await masthead.database.pool.query(
      `SELECT (to_jsonb(${table}) - 'published_at' - 'year')::text AS row FROM ${table}
       WHERE issue_id = $1 ORDER BY row`,
      [issueId],
    );
    return rows.map(({ row }) => row);
  };
  return {
    tags: await read('publication_tags'),
    tagUses: await read('published_tags'),
    papers: await read('published_papers'),
    people: await read('published_people'),
    links: await read('published_links'),
    texts: await read('published_texts'),
  };
}
