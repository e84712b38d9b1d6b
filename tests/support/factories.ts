import sharp from 'sharp';
import type { Client, Masthead } from './app.ts';

let count = 0;

/** Unique in the run of a file. */
export function uniqueSlug(prefix: string): string {
  count += 1;
  return `${prefix}-${count}`;
}

export async function makeNewsletter(masthead: Masthead, fields: object = {}) {
  const answer = await masthead
    .as('admin')
    .post('/admin/v1/newsletters', { slug: uniqueSlug('letter'), title: 'A letter', ...fields });
  if (answer.status !== 201) throw new Error(`No newsletter: ${JSON.stringify(answer.body)}`);
  return answer.body;
}

export async function makePerson(masthead: Masthead, fields: object = {}) {
  const answer = await masthead
    .as('admin')
    .post('/admin/v1/people', { slug: uniqueSlug('person'), name: 'A person', ...fields });
  if (answer.status !== 201) throw new Error(`No person: ${JSON.stringify(answer.body)}`);
  return answer.body;
}

export async function makePaper(masthead: Masthead, fields: object = {}) {
  const answer = await masthead.as('author').post('/admin/v1/papers', { title: 'A paper', ...fields });
  if (answer.status !== 201) throw new Error(`No paper: ${JSON.stringify(answer.body)}`);
  return answer.body;
}

/** Sends a form as a browser would. */
export async function sendForm(client: Client, url: string, form: FormData) {
  const encoded = new Response(form);
  return client.send({
    method: 'POST',
    url,
    payload: Buffer.from(await encoded.arrayBuffer()),
    headers: { 'content-type': encoded.headers.get('content-type') ?? '' },
  });
}

/** A stored image of 4 by 3 pixels; `fields` are text parts of the form. */
export async function makeMedia(masthead: Masthead, fields: Record<string, string> = {}) {
  const pixels = { width: 4, height: 3, channels: 3, background: 'teal' } as const;
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append('file', new File([await sharp({ create: pixels }).png().toBuffer()], 'teal.png'));
  const answer = await sendForm(masthead.as('author'), '/admin/v1/media', form);
  if (answer.status !== 201) throw new Error(`No media: ${JSON.stringify(answer.body)}`);
  return answer.body;
}
