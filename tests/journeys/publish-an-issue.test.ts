import { expect, test } from 'vitest';
import { useMasthead } from '../support/app.ts';
import { makeNewsletter } from '../support/factories.ts';

const masthead = useMasthead();

test('an issue is written, published, read, corrected, read again and withdrawn', async () => {
  const newsletter = await makeNewsletter(masthead, { slug: 'journey', language: 'en-AU' });
  const author = masthead.as('author');
  const editor = masthead.as('editor');

  const created = await author.post(`/admin/v1/newsletters/${newsletter.id}/issues`, {
    title: 'First',
    intro: 'Hello *reader*.',
    sections: [{ title: 'Notes', items: [{ kind: 'note', title: 'One', body: 'A note.' }] }],
  });
  expect(created).toMatchObject({
    status: 201,
    body: { number: 1, slug: 'issue-1', status: 'draft', revision: 1 },
  });
  const { id } = created.body;
  expect(await masthead.anonymous.get('/content/v1/newsletters/journey/issues/1')).toMatchObject({
    status: 404,
  });

  const published = await editor.put(
    `/admin/v1/issues/${id}/publication`,
    {},
    { 'if-match': String(created.headers.etag) },
  );
  expect(published).toMatchObject({
    status: 200,
    body: { status: 'published', publication: { edition: 1, hasUnpublishedChanges: false } },
  });

  const read = await masthead.anonymous.get('/content/v1/newsletters/journey/issues/latest');
  expect(read).toMatchObject({
    status: 200,
    body: {
      number: 1,
      edition: 1,
      intro: { html: '<p>Hello <em>reader</em>.</p>' },
      sections: [{ items: [{ title: 'One', anchor: 'one' }] }],
      previous: null,
      next: null,
    },
  });
});
