import { expect, test } from 'vitest';
import { useMasthead } from '../support/app.ts';
import { makeMedia, makeReadyIssue, schedule } from '../support/factories.ts';

const masthead = useMasthead();

test('an alt text that a scheduled issue needs cannot be removed', async () => {
  const media = await makeMedia(masthead, { alt: 'A diagram' });
  const issue = await makeReadyIssue(masthead, { cover: { mediaId: media.id } });
  await schedule(masthead, issue.id);
  const patch = (fields: object) => masthead.as('author').patch(`/admin/v1/media/${media.id}`, fields);
  expect(await patch({ alt: null })).toMatchObject({
    status: 409,
    body: {
      type: 'http://masthead.test/problems/alt-needed',
      errors: [{ pointer: '/alt' }],
      uses: [{ kind: 'issue', id: issue.id }],
      total: 1,
    },
  });
  expect(await patch({ alt: 'A better diagram' })).toMatchObject({ status: 200 });
  await masthead.as('editor').delete(`/admin/v1/issues/${issue.id}/schedule`, { 'if-match': '*' });
  expect(await patch({ alt: null })).toMatchObject({ status: 200, body: { alt: null } });
});

test('an alt text can be removed when the figures of scheduled issues have their own', async () => {
  const media = await makeMedia(masthead, { alt: 'A diagram' });
  const issue = await makeReadyIssue(masthead, { cover: { mediaId: media.id, alt: 'The cover' } });
  await schedule(masthead, issue.id);
  expect(await masthead.as('author').patch(`/admin/v1/media/${media.id}`, { alt: null })).toMatchObject({
    status: 200,
  });
});
