import { setTimeout as sleep } from 'node:timers/promises';
import supertest, { type Response } from 'supertest';
import { expect, test } from 'vitest';
import { useTestDatabase } from '../support/database.ts';
import { useNodes } from '../support/nodes.ts';

const key = 'a-key-of-the-operator-0123456789abcdef';
const database = useTestDatabase();
const nodes = useNodes();

test('an issue is written, scheduled, read on time, corrected, read again and withdrawn', async () => {
  const { address } = await nodes.start(database.url, { environment: { BOOTSTRAP_ADMIN_KEY: key } });
  const admin = supertest.agent(`${address}/admin/v1`).auth(key, { type: 'bearer' });
  const reader = supertest(`${address}/content/v1/newsletters/first-light/issues`);

  const newsletter = await admin
    .post('/newsletters')
    .send({ slug: 'first-light', title: 'First light', timeZone: 'Australia/Brisbane' })
    .expect(201);
  const draft = await admin
    .post(`/newsletters/${newsletter.body.id}/issues`)
    .send({
      title: 'One',
      intro: 'Hello *reader*.',
      sections: [{ title: 'Notes', items: [{ kind: 'note', title: 'First', body: '' }] }],
    })
    .expect(201);
  const issue = `/issues/${draft.body.id}`;

  const checklist = await admin.get(`${issue}/readiness`).expect(200);
  expect(checklist.body).toMatchObject({
    ready: false,
    problems: [{ pointer: '/sections/0/items/0/body', code: 'body_or_link_missing' }],
  });
  const mended = await admin
    .patch(`/items/${draft.body.sections[0].items[0].id}`)
    .set('If-Match', etagOf(draft))
    .send({ body: 'The first note.' })
    .expect(200);

  const due = new Date(Date.now() + 2_500);
  const scheduled = await admin
    .put(`${issue}/schedule`)
    .set('If-Match', etagOf(mended))
    .send({ at: due.toISOString() })
    .expect(200);
  expect(scheduled.body).toMatchObject({ status: 'scheduled', schedule: { timeZone: 'Australia/Brisbane' } });
  await reader.get('/latest').expect(404);

  const first = await readOnceThere(() => reader.get('/latest'));
  expect(first.body).toMatchObject({
    number: 1,
    title: 'One',
    edition: 1,
    intro: { html: '<p>Hello <em>reader</em>.</p>' },
  });
  expect(Date.parse(first.body.publishedAt)).toBeGreaterThanOrEqual(due.getTime());
  await reader.get('/latest').set('If-None-Match', etagOf(first)).expect(304);

  const published = await admin.get(issue).expect(200);
  const corrected = await admin
    .patch(issue)
    .set('If-Match', etagOf(published))
    .send({ title: 'One, corrected' })
    .expect(200);
  expect(corrected.body.publication).toMatchObject({ edition: 1, hasUnpublishedChanges: true });
  expect((await reader.get('/1').expect(200)).body.title).toBe('One');
  const again = await admin
    .put(`${issue}/publication`)
    .set('If-Match', etagOf(corrected))
    .send({})
    .expect(200);
  const second = await reader.get('/1').set('If-None-Match', etagOf(first)).expect(200);
  expect(second.body).toMatchObject({
    title: 'One, corrected',
    edition: 2,
    publishedAt: first.body.publishedAt,
  });

  await admin.delete(`${issue}/publication`).set('If-Match', etagOf(again)).expect(200);
  await reader.get('/1').set('If-None-Match', etagOf(second)).expect(404);
  const editions = await admin.get(`${issue}/editions`).expect(200);
  expect(editions.body.data).toMatchObject([{ version: 2 }, { version: 1 }]);
  const events = await admin.get('/events').query({ issueId: draft.body.id }).expect(200);
  expect(events.body.data.map((event: { type: string }) => event.type).toReversed()).toEqual([
    'issue.created',
    'issue.updated',
    'issue.scheduled',
    'issue.published',
    'issue.updated',
    'issue.published',
    'issue.unpublished',
  ]);
});

function etagOf(response: Response): string {
  return String(response.headers.etag);
}

async function readOnceThere(read: () => supertest.Test): Promise<Response> {
  const deadline = Date.now() + 10_000;
  for (;;) {
    const response = await read();
    if (response.status === 200 || Date.now() > deadline) return response;
    await sleep(50);
  }
}
