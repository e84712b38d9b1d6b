import { describe, expect, test } from 'vitest';
import { useMasthead } from '../support/app.ts';
import { makeNewsletter, makePaper } from '../support/factories.ts';
import { anyRevision, eventsOf, lastEventOf, makeIssueIn, storedIssue, workflowOf } from './workflow.ts';

const masthead = useMasthead();
const { publish, unpublish, schedule } = workflowOf(masthead);
const change = (id: string, patch: object) =>
  masthead.as('author').patch(`/admin/v1/issues/${id}`, patch, anyRevision);

/** Makes a published issue. `read` gets it through the Content API. */
async function makePublished(fields: object = {}) {
  const newsletter = await makeNewsletter(masthead);
  const issue = await makeIssueIn(masthead, 'published', { newsletterId: newsletter.id, ...fields });
  const read = (which: string | number = issue.number) =>
    masthead.anonymous.get(`/content/v1/newsletters/${newsletter.slug}/issues/${which}`);
  return { issue, newsletter, read };
}

describe('publishing an issue', () => {
  test('readers see a published issue at once under its number, its slug and "latest"', async () => {
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

  test('the event of a publication names the edition', async () => {
    const { issue } = await makePublished();
    expect(await lastEventOf(masthead, issue.id)).toMatchObject({
      type: 'issue.published',
      details: { edition: 1, editionId: issue.publication.editionId, number: 1 },
    });
  });

  test('publishing a scheduled issue before its time removes its schedule', async () => {
    const { id } = await makeIssueIn(masthead, 'scheduled');
    expect(await publish(id)).toMatchObject({ status: 200, body: { status: 'published', schedule: null } });
    expect(await eventsOf(masthead, id)).toEqual(['issue.created', 'issue.scheduled', 'issue.published']);
  });

  test('two editors who publish the same revision at once make one edition', async () => {
    const { id, revision } = await makeIssueIn(masthead, 'draft');
    const match = { 'if-match': `"${revision}"` };
    const answers = await Promise.all([publish(id, match), publish(id, match)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
    const { issue } = await storedIssue(masthead, id);
    expect(issue.editions).toHaveLength(1);
  });

  test('ten editors who publish at once with If-Match: * make one edition', async () => {
    const { id } = await makeIssueIn(masthead, 'scheduled');
    const answers = await Promise.all(Array.from({ length: 10 }, () => publish(id)));
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200));
    expect(new Set(answers.map(({ body }) => body.publication.editionId)).size).toBe(1);
    expect((await eventsOf(masthead, id)).filter((type) => type === 'issue.published')).toHaveLength(1);
  });

  test('publishing and withdrawing an issue at once leaves it in one of the two states', async () => {
    const { issue, read } = await makePublished();
    await change(issue.id, { title: 'Changed' });
    await Promise.all([publish(issue.id), unpublish(issue.id)]);
    const stored = await storedIssue(masthead, issue.id);
    const isOut = stored.issue.status === 'published';
    expect(stored.issue.publication !== null).toBe(isOut);
    expect((await read()).status).toBe(isOut ? 200 : 404);
  });
});

describe('changes to a published issue', () => {
  test('readers get the live edition until the changed issue is published again', async () => {
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

  test('a published issue may become unready, and then cannot be published again', async () => {
    const { issue, read } = await makePublished();
    expect(await change(issue.id, { title: '' })).toMatchObject({ status: 200 });
    const before = await storedIssue(masthead, issue.id);
    expect(await publish(issue.id)).toMatchObject({ status: 422, body: { errors: [{ pointer: '/title' }] } });
    expect(await storedIssue(masthead, issue.id)).toEqual(before);
    expect((await read()).body).toMatchObject({ title: 'Ready', edition: 1 });
  });

  test('publishing an unchanged issue again makes no new edition and no event', async () => {
    const { issue } = await makePublished();
    const before = await storedIssue(masthead, issue.id);
    expect(await publish(issue.id)).toMatchObject({ status: 200, body: { revision: issue.revision } });
    expect(await storedIssue(masthead, issue.id)).toEqual(before);
  });

  test('publishing an issue whose changes were undone makes no new edition', async () => {
    const { issue } = await makePublished();
    await change(issue.id, { title: 'Other' });
    await change(issue.id, { title: issue.title });
    const before = await storedIssue(masthead, issue.id);
    expect(await publish(issue.id)).toMatchObject({ body: { publication: { edition: 1 } } });
    expect(await storedIssue(masthead, issue.id)).toEqual(before);
  });

  test('an item keeps its anchor when it is renamed, moved or sent again in a replaced tree', async () => {
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

  test('readers find an issue under its new number and slug only after it is published again', async () => {
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
  ])('another issue can take a changed %s only after republishing', async (field, old, changed, taker) => {
    const { issue, newsletter } = await makePublished(old);
    await change(issue.id, changed);
    const other = await makeIssueIn(masthead, 'draft', { newsletterId: newsletter.id, ...taker });
    const before = await storedIssue(masthead, other.id);
    expect(await publish(other.id)).toMatchObject({
      status: 409,
      body: { type: `http://masthead.test/problems/${field}-taken`, errors: [{ pointer: `/${field}` }] },
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

  test('a change to a paper reaches readers when the issue is published again', async () => {
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

  test('publishing again removes the uses and links of items that were deleted', async () => {
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

describe('withdrawing a published issue', () => {
  test('the address of a withdrawn issue answers like one that never existed', async () => {
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

  test('a withdrawn issue keeps its editions', async () => {
    const { issue } = await makePublished();
    await unpublish(issue.id);
    const list = await masthead.as('viewer').get(`/admin/v1/issues/${issue.id}/editions`);
    expect(list.body.data).toMatchObject([{ version: 1, isLive: false }]);
  });

  test('publishing a withdrawn issue again makes the next version with the first publication time', async () => {
    const { issue, read } = await makePublished();
    const first = (await read()).body;
    await unpublish(issue.id);
    const again = await publish(issue.id);
    expect(again.body.publication).toMatchObject({ edition: 2, hasUnpublishedChanges: false });
    const second = (await read()).body;
    expect(second).toMatchObject({ edition: 2, publishedAt: first.publishedAt });
    expect(Date.parse(second.updatedAt)).toBeGreaterThan(Date.parse(first.updatedAt));
    expect(second.sections[0].items[0].anchor).toBe(first.sections[0].items[0].anchor);
  });

  test('another issue can take the number of a withdrawn issue, which then cannot have it back', async () => {
    const { issue, newsletter } = await makePublished({ number: 4 });
    await unpublish(issue.id);
    await change(issue.id, { number: 5 });
    const fields = { newsletterId: newsletter.id, number: 4, slug: 'four' };
    const other = await makeIssueIn(masthead, 'published', fields);
    expect(other).toMatchObject({ status: 'published', number: 4 });
    expect(await change(issue.id, { number: 4 })).toMatchObject({ status: 409 });
  });

  test('a withdrawn issue can be scheduled', async () => {
    const { issue } = await makePublished();
    await unpublish(issue.id);
    expect(await schedule(issue.id, { at: '2097-12-01T09:00:00Z' })).toMatchObject({
      body: { status: 'scheduled', publication: null },
    });
  });
});
