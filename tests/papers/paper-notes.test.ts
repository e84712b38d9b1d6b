import { expect, test } from 'vitest';
import { clearPaperNotes, listPaperNotes } from '../../src/modules/papers/library/paper-notes.ts';
import { listFeaturingIssues } from '../../src/modules/publications/published-papers.ts';
import { useMasthead } from '../support/app.ts';
import { makeNewsletter, makePaper } from '../support/factories.ts';
import { send } from './imports/sending.ts';

const masthead = useMasthead();

const csl = { type: 'book', volume: '2', note: 'Weak, do not cite.' };

async function publishIssueWith(paperId: string) {
  const newsletter = await makeNewsletter(masthead);
  const editor = masthead.as('editor');
  const { body: issue } = await editor.post(`/admin/v1/newsletters/${newsletter.id}/issues`, {
    slug: 'first',
    title: 'First',
    sections: [{ title: 'Papers', items: [{ kind: 'paper', title: 'An item', body: 'Text.', paperId }] }],
  });
  const publish = () => editor.put(`/admin/v1/issues/${issue.id}/publication`, {}, { 'if-match': '*' });
  expect((await publish()).status).toBe(200);
  return { issue, publish, url: `/content/v1/newsletters/${newsletter.slug}/issues/1` };
}

test('cleared notes leave the exports at once, and an edition when it is published again', async () => {
  const paper = await makePaper(masthead, { title: 'With a note', csl });
  const kept = await makePaper(masthead, { title: 'With another note', csl: { note: 'To appear.' } });
  const { issue, publish, url } = await publishIssueWith(paper.id);
  const exports = [`/content/v1/papers/${paper.id}?format=bibtex`, `${url}/papers?format=ris`];
  const textOf = async (address: string) => JSON.stringify((await masthead.anonymous.get(address)).body);
  for (const address of [...exports, url]) expect(await textOf(address)).toContain('do not cite');

  expect(await listPaperNotes(masthead.ctx)).toEqual([
    { id: paper.id, title: 'With a note', note: 'Weak, do not cite.' },
    { id: kept.id, title: 'With another note', note: 'To appear.' },
  ]);
  const cleared = await clearPaperNotes(masthead.ctx, [paper.id]);
  expect(cleared.map(({ id }) => id)).toEqual([paper.id]);
  expect(await listFeaturingIssues(masthead.ctx, [paper.id])).toEqual([{ issueId: issue.id, number: 1 }]);
  await masthead.receiveNotifications();

  for (const address of exports) expect(await textOf(address)).not.toContain('do not cite');
  expect(await textOf(url)).toContain('do not cite');
  await publish();
  await masthead.receiveNotifications();
  expect(await textOf(url)).not.toContain('do not cite');
  const { body } = await masthead.as('viewer').get(`/admin/v1/papers/${paper.id}`);
  expect(body).toMatchObject({ csl: { type: 'book', volume: '2' }, revision: 2 });
});

test('clearing notes again changes nothing', async () => {
  const paper = await makePaper(masthead, { title: 'Cleared twice', csl });

  expect(await clearPaperNotes(masthead.ctx, [paper.id])).toHaveLength(1);
  expect(await clearPaperNotes(masthead.ctx, [paper.id])).toEqual([]);
  const { body } = await masthead.as('viewer').get(`/admin/v1/papers/${paper.id}`);
  expect(body).toMatchObject({ csl: { type: 'book', volume: '2' }, revision: 2 });
});

test('an import does not bring private fields to a paper', async () => {
  const { body } = await send(
    masthead,
    '@book{k, title = {Imported}, comment = {private}, annote = {private}, file = {private}, owner = {private}}',
  );
  const [record] = body.records;
  const { body: paper } = await masthead.as('viewer').get(`/admin/v1/papers/${record.paperId}`);

  expect(record.ignored).toEqual(['comment', 'annote', 'file', 'owner']);
  expect(JSON.stringify(paper)).not.toContain('private');
});

test('what is unusual about an imported record is a notice', async () => {
  const { body } = await send(
    masthead,
    'T1  - Without a type\nA1  - Moss, A.\n',
    '',
    'application/x-research-info-systems',
  );

  expect(body.records).toMatchObject([
    {
      outcome: 'created',
      title: 'Without a type',
      faults: [],
      notices: [
        'The record has no line "TY  - " with its type.',
        'The record does not end with a line "ER  - ".',
      ],
    },
  ]);
});

test('a refused record is named', async () => {
  const abstract = 'x'.repeat(20_001);
  const { body } = await send(masthead, `@book{k, title = {Too long}, abstract = {${abstract}}}`);

  expect(body.records).toMatchObject([{ outcome: 'refused', title: 'Too long', key: 'k', notices: [] }]);
});
