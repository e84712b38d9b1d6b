import type { Masthead } from '../../support/app.ts';

export function send(masthead: Masthead, payload: string, query = '', type = 'application/x-bibtex') {
  return masthead.as('author').send({
    method: 'POST',
    url: `/admin/v1/papers/imports${query}`,
    payload,
    headers: { 'content-type': type },
  });
}

/** A BibTeX entry on one line. */
export function entry(key: string, fields: Record<string, string>): string {
  const body = Object.entries(fields).map(([name, value]) => `${name} = {${value}}`);
  return `@article{${[key, ...body].join(', ')}}`;
}
