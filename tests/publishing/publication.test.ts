import { describe, expect, test } from 'vitest';
import { useMasthead } from '../support/app.ts';
import { makeNewsletter, makePaper } from '../support/factories.ts';
import { anyRevision, eventsOf, lastEventOf, makeIssueIn, storedIssue, workflowOf } from './workflow.ts';

const masthead = useMasthead();
const { publish, unpublish, schedule } = workflowOf(masthead);
const change = (id: string, patch: object) =>
  masthead.as('author').patch(`/admin/v1/issues/${id}`, patch, anyRevision);

/** A published issue, and what readers get at its address. */
async function makePublished(fields: object = {}) {
  const newsletter = await makeNewsletter(masthead);
  const issue = await makeIssueIn(masthead, 'published', { newsletterId: newsletter.id, ...fields });
  const read = (which: string | number = issue.number) =>
    masthead.anonymous.get(`/content/v1/newsletters/${newsletter.slug}/issues/${which}`);
  return { issue, newsletter, read };
}

describe('Publishing an issue', () => {
  test('shows it to readers at once, under number, slug and latest', async () => {
    const { issue, read } = await makePublished({ number: 7, slug: 'the-seventh' });
    expect(issue).toMatchObject({
      status: 'published',
      schedule: null,
      publication: { edition: 1, hasUnpublishedChanges: false },
    });
    const answers = [await read(7), await read('the-seventh'), await read('latest')];
    for (const { status, body } of answers) {
      expect(status).toBe(200);
      expect(body).toMatchObject({ id: issue.id, edition: 1, publishedAt: issue.publication.publishedAt });
    }
    expect(answers[0]?.body.updatedAt).toBe(answers[0]?.body.publishedAt);
  });

  test('records which edition went out', async () => {
    const { issue } = await makePublished();
    expect(await lastEventOf(masthead, issue.id)).toMatchObject({
      type: 'issue.published',
      details: { edition: 1, editionId: issue.publication.editionId, number: 1 },
    });
  });

  test('before its time takes it off the schedule', async () => {
    const { id } = await makeIssueIn(masthead, 'scheduled');
    expect(await publish(id)).toMatchObject({ status: 200, body: { status: 'published', schedule: null } });
    expect(await eventsOf(masthead, id)).toEqual(['issue.created', 'issue.scheduled', 'issue.published']);
  });

  test('by two editors at once makes one edition', async () => {
    const { id, revision } = await makeIssueIn(masthead, 'draft');
    const match = { 'if-match': `"${revision}"` };
    const answers = await Promise.all([publish(id, match), publish(id, match)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
    const { issue } = await storedIssue(masthead, id);
    expect(issue.editions).toHaveLength(1);
  });

  test('by ten editors at once who do not care what is there makes one edition', async () => {
    const { id } = await makeIssueIn(masthead, 'scheduled');
    const answers = await Promise.all(Array.from({ length: 10 }, () => publish(id)));
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200));
    expect(new Set(answers.map(({ body }) => body.publication.editionId)).size).toBe(1);
    expect((await eventsOf(masthead, id)).filter((type) => type === 'issue.published')).toHaveLength(1);
  });

  test('and withdrawing it at once leaves no half of either', async () => {
    const { issue, read } = await makePublished();
    await change(issue.id, { title: 'Changed' });
    await Promise.all([publish(issue.id), unpublish(issue.id)]);
    const stored = await storedIssue(masthead, issue.id);
    const isOut = stored.issue.status === 'published';
    expect(stored.issue.publication !== null).toBe(isOut);
    expect((await read()).status).toBe(isOut ? 200 : 404);
  });
});

describe('Correcting a published issue', () => {
  test('leaves readers the edition that they have until it is published again', async () => {
    const { issue, read } = await makePublished();
    const before = await read();
    const changed = await change(issue.id, { title: 'Corrected' });
    expect(changed.body).toMatchObject({ status: 'published', publication: { hasUnpublishedChanges: true } });
    expect((await read()).headers.etag).toBe(before.headers.etag);

    const published = await publish(issue.id, { 'if-match': `"${changed.body.revision}"` });
    expect(published.body.publication).toMatchObject({ edition: 2, hasUnpublishedChanges: false });
    const after = await read();
    expect(after.headers.etag).not.toBe(before.headers.etag);
    expect(after.body).toMatchObject({
      title: 'Corrected',
      edition: 2,
      publishedAt: before.body.publishedAt,
      updatedAt: published.body.publication.updatedAt,
    });
    expect(Date.parse(after.body.updatedAt)).toBeGreaterThan(Date.parse(before.body.updatedAt));
  });

  test('may leave it unfit, which then keeps it from being published again', async () => {
    const { issue, read } = await makePublished();
    expect(await change(issue.id, { title: '' })).toMatchObject({ status: 200 });
    const before = await storedIssue(masthead, issue.id);
    expect(await publish(issue.id)).toMatchObject({ status: 422, body: { errors: [{ pointer: '/title' }] } });
    expect(await storedIssue(masthead, issue.id)).toEqual(before);
    expect((await read()).body).toMatchObject({ title: 'Ready', edition: 1 });
  });

  test('and publishing it with nothing changed makes no new edition and no event', async () => {
    const { issue } = await makePublished();
    const before = await storedIssue(masthead, issue.id);
    expect(await publish(issue.id)).toMatchObject({ status: 200, body: { revision: issue.revision } });
    expect(await storedIssue(masthead, issue.id)).toEqual(before);
  });

  test('and undoing it makes no new edition either', async () => {
    const { issue } = await makePublished();
    await change(issue.id, { title: 'Other' });
    await change(issue.id, { title: issue.title });
    const before = await storedIssue(masthead, issue.id);
    expect(await publish(issue.id)).toMatchObject({ body: { publication: { edition: 1 } } });
    expect(await storedIssue(masthead, issue.id)).toEqual(before);
  });

  test('keeps the anchors of items whose titles change, move or come back in another tree', async () => {
    const item = (title: string) => ({ kind: 'note', title, body: 'Words.' });
    const { issue, read } = await makePublished({
      sections: [{ title: 'A', items: [item('First'), item('First'), item('Last')] }],
    });
    const anchors = async () => {
      const { body } = await read();
      type Item = { id: string; anchor: string };
      const items: Item[] = body.sections.flatMap((section: { items: Item[] }) => section.items);
      return Object.fromEntries(items.map(({ id, anchor }) => [id, anchor]));
    };
    const first = await anchors();
    expect(Object.values(first)).toEqual(['first', 'first-2', 'last']);

    const [one, two, three] = issue.sections[0].items;
    await masthead.as('author').put(
      `/admin/v1/issues/${issue.id}/content`,
      {
        sections: [
          { title: 'B', items: [{ id: three.id, ...item('Moved') }, item('First')] },
          { title: 'C', items: [{ id: two.id, ...item('Renamed') }] },
        ],
      },
      anyRevision,
    );
    await publish(issue.id);
    const second = await anchors();
    expect(second).toMatchObject({ [three.id]: 'last', [two.id]: 'first-2' });
    expect(second).not.toHaveProperty(one.id);
    expect(new Set(Object.values(second)).size).toBe(3);
  });

  test('shows a new number and slug only once it is published again', async () => {
    const { issue, read } = await makePublished({ number: 1, slug: 'one' });
    await change(issue.id, { number: 2, slug: 'two' });
    expect([(await read(1)).status, (await read('one')).status, (await read(2)).status]).toEqual([
      200, 200, 404,
    ]);
    await publish(issue.id);
    expect([(await read(1)).status, (await read('one')).status, (await read('two')).status]).toEqual([
      404, 404, 200,
    ]);
    expect((await read(2)).body).toMatchObject({ number: 2, slug: 'two', edition: 2 });
  });

  test.each([
    ['number', { number: 1, slug: 'a' }, { number: 3 }, { number: 1, slug: 'b' }],
    ['slug', { number: 1, slug: 'a' }, { slug: 'c' }, { number: 2, slug: 'a' }],
  ])('gives its %s to another only once readers see the new one', async (field, old, changed, taker) => {
    const { issue, newsletter } = await makePublished(old);
    await change(issue.id, changed);
    const other = await makeIssueIn(masthead, 'draft', { newsletterId: newsletter.id, ...taker });
    const before = await storedIssue(masthead, other.id);
    expect(await publish(other.id)).toMatchObject({
      status: 409,
      body: { type: `urn:masthead:problem:${field}-taken`, errors: [{ pointer: `/${field}` }] },
    });
    expect(await schedule(other.id, { at: '2999-01-01T00:00:00Z' })).toMatchObject({
      status: 409,
      body: { errors: [{ pointer: `/${field}` }] },
    });
    const { body: checklist } = await masthead.as('viewer').get(`/admin/v1/issues/${other.id}/readiness`);
    expect(checklist).toMatchObject({ ready: false, problems: [{ pointer: `/${field}`, code: 'taken' }] });
    expect(await storedIssue(masthead, other.id)).toEqual(before);
    await publish(issue.id);
    expect(await publish(other.id)).toMatchObject({ status: 200 });
  });

  test('of the library reaches readers by publishing the issue again', async () => {
    const paper = await makePaper(masthead, { title: 'Draft title' });
    const sections = [
      { title: 'Papers', items: [{ kind: 'paper', title: 'It', body: 'x', paperId: paper.id }] },
    ];
    const { issue, read } = await makePublished({ sections });
    await masthead.as('author').patch(`/admin/v1/papers/${paper.id}`, { title: 'Final title' });
    const paperOf = async () => (await read()).body.sections[0].items[0].paper;
    expect(await paperOf()).toMatchObject({ title: 'Draft title' });
    expect(await publish(issue.id)).toMatchObject({ body: { publication: { edition: 2 } } });
    expect(await paperOf()).toMatchObject({ title: 'Final title' });
  });

  test('forgets the papers and links that it takes out', async () => {
    const paper = await makePaper(masthead);
    const items = [
      { kind: 'paper', title: 'It', body: 'x', paperId: paper.id },
      { kind: 'link', title: 'L', links: [{ label: 'x', url: 'https://example.org', rel: 'other' }] },
      { kind: 'note', title: 'N', body: 'Stays.' },
    ];
    const { issue } = await makePublished({ sections: [{ title: 'S', items }] });
    const featuredIn = () => masthead.anonymous.get(`/content/v1/papers/${paper.id}`);
    expect((await featuredIn()).body.featuredIn).toMatchObject([{ item: { title: 'It', anchor: 'it' } }]);
    const [it, link] = issue.sections[0].items;
    for (const { id } of [it, link]) await masthead.as('author').delete(`/admin/v1/items/${id}`, anyRevision);
    await publish(issue.id);
    expect(await featuredIn()).toMatchObject({ status: 404 });
    expect(await masthead.database.prisma.publishedLink.count({ where: { issueId: issue.id } })).toBe(0);
  });
});

describe('Withdrawing a published issue', () => {
  test('makes its address answer like one that never was', async () => {
    const { issue, read, newsletter } = await makePublished();
    expect(await unpublish(issue.id)).toMatchObject({
      status: 200,
      body: { status: 'draft', publication: null },
    });
    const never = await read(99);
    for (const which of [issue.number, issue.slug, 'latest']) {
      expect(await read(which)).toMatchObject({ status: 404, body: never.body });
    }
    const archive = await masthead.anonymous.get(`/content/v1/newsletters/${newsletter.slug}/issues`);
    expect(archive.body.data).toEqual([]);
    expect(await lastEventOf(masthead, issue.id)).toMatchObject({
      type: 'issue.unpublished',
      details: { number: issue.number },
    });
  });

  test('keeps its editions on record', async () => {
    const { issue } = await makePublished();
    await unpublish(issue.id);
    const list = await masthead.as('viewer').get(`/admin/v1/issues/${issue.id}/editions`);
    expect(list.body.data).toMatchObject([{ version: 1, isLive: false }]);
  });

  test('and publishing it anew makes the next version, with a new time', async () => {
    const { issue, read } = await makePublished();
    const first = (await read()).body;
    await unpublish(issue.id);
    const again = await publish(issue.id);
    expect(again.body.publication).toMatchObject({ edition: 2, hasUnpublishedChanges: false });
    const second = (await read()).body;
    expect(second).toMatchObject({ edition: 2, updatedAt: second.publishedAt });
    expect(Date.parse(second.publishedAt)).toBeGreaterThan(Date.parse(first.publishedAt));
    expect(second.sections[0].items[0].anchor).toBe(first.sections[0].items[0].anchor);
  });

  test('frees its number for another, and then cannot take it back', async () => {
    const { issue, newsletter } = await makePublished({ number: 4 });
    await unpublish(issue.id);
    await change(issue.id, { number: 5 });
    const fields = { newsletterId: newsletter.id, number: 4, slug: 'four' };
    const other = await makeIssueIn(masthead, 'published', fields);
    expect(other).toMatchObject({ status: 'published', number: 4 });
    expect(await change(issue.id, { number: 4 })).toMatchObject({ status: 409 });
  });

  test('leaves a draft that can be scheduled', async () => {
    const { issue } = await makePublished();
    await unpublish(issue.id);
    expect(await schedule(issue.id, { at: '2097-12-01T09:00:00Z' })).toMatchObject({
      body: { status: 'scheduled', publication: null },
    });
  });
});
