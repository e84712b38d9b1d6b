import sharp from 'sharp';
import type { Role } from '../../src/lib/roles.ts';
import type { Client, Masthead } from './app.ts';

let count = 0;

/** A slug that is unique within a test file. */
export function uniqueSlug(prefix: string): string {
  count += 1;
  return `${prefix}-${count}`;
}

export async function makeNewsletter(masthead: Masthead, fields: object = {}) {
  const answer = await masthead
    .as('admin')
    .post('/admin/v1/newsletters', { slug: uniqueSlug('letter'), title: 'A letter', ...fields });
  if (answer.status !== 201)
    throw new Error(`The newsletter was not created: ${JSON.stringify(answer.body)}`);
  return answer.body;
}

export async function makePerson(masthead: Masthead, fields: object = {}) {
  const answer = await masthead
    .as('admin')
    .post('/admin/v1/people', { slug: uniqueSlug('person'), name: 'A person', ...fields });
  if (answer.status !== 201) throw new Error(`The person was not created: ${JSON.stringify(answer.body)}`);
  return answer.body;
}

export async function makePaper(masthead: Masthead, fields: object = {}) {
  const answer = await masthead.as('author').post('/admin/v1/papers', { title: 'A paper', ...fields });
  if (answer.status !== 201) throw new Error(`The paper was not created: ${JSON.stringify(answer.body)}`);
  return answer.body;
}

/** Sends a form as a browser does. */
export async function sendForm(client: Client, url: string, form: FormData) {
  const encoded = new Response(form);
  return client.send({
    method: 'POST',
    url,
    payload: Buffer.from(await encoded.arrayBuffer()),
    headers: { 'content-type': encoded.headers.get('content-type') ?? '' },
  });
}

/** Uploads an image of 4 by 3 pixels in a unique colour. `fields` are text parts of the form. */
export async function makeMedia(masthead: Masthead, fields: Record<string, string> = {}) {
  count += 1;
  const background = { r: count % 256, g: Math.floor(count / 256), b: 128 };
  const pixels = { width: 4, height: 3, channels: 3, background } as const;
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append('file', new File([await sharp({ create: pixels }).png().toBuffer()], 'teal.png'));
  const answer = await sendForm(masthead.as('author'), '/admin/v1/media', form);
  if (answer.status !== 201) throw new Error(`The upload failed: ${JSON.stringify(answer.body)}`);
  return answer.body;
}

/** Creates a draft, in a new newsletter unless one is named. */
export async function makeIssue(
  masthead: Masthead,
  { newsletterId, ...fields }: { newsletterId?: string; [field: string]: unknown } = {},
) {
  const newsletter = newsletterId ?? (await makeNewsletter(masthead)).id;
  const answer = await masthead.as('author').post(`/admin/v1/newsletters/${newsletter}/issues`, fields);
  if (answer.status !== 201) throw new Error(`The issue was not created: ${JSON.stringify(answer.body)}`);
  return answer.body;
}

/** Creates an issue that is ready to be published. */
export function makeReadyIssue(
  masthead: Masthead,
  fields: { newsletterId?: string; [field: string]: unknown } = {},
) {
  const item = { kind: 'note', title: 'One', body: 'A note.' };
  return makeIssue(masthead, { title: 'Ready', sections: [{ title: 'Notes', items: [item] }], ...fields });
}

/** Publishes the issue. */
export async function publish(masthead: Masthead, issueId: string) {
  const answer = await masthead
    .as('editor')
    .put(`/admin/v1/issues/${issueId}/publication`, {}, { 'if-match': '*' });
  if (answer.status !== 200) throw new Error(`The issue was not published: ${JSON.stringify(answer.body)}`);
  return answer.body;
}

/** Schedules the issue for the same time tomorrow. */
export async function schedule(masthead: Masthead, issueId: string) {
  const at = new Date(Date.now() + 86_400_000).toISOString();
  const answer = await masthead
    .as('editor')
    .put(`/admin/v1/issues/${issueId}/schedule`, { at }, { 'if-match': '*' });
  if (answer.status !== 200) throw new Error(`The issue was not scheduled: ${JSON.stringify(answer.body)}`);
  return answer.body;
}

/** A client whose key is bound to these newsletters. */
export async function asBoundTo(masthead: Masthead, role: Role, newsletterIds: string[]): Promise<Client> {
  const key = await masthead.as('admin').post('/admin/v1/api-keys', { name: 'bound', role, newsletterIds });
  if (key.status !== 201) throw new Error(`The key was not created: ${JSON.stringify(key.body)}`);
  return masthead.withKey(key.body.secret);
}
