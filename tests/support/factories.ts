import type { Masthead } from './app.ts';

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
