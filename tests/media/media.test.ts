import { describe, expect, test } from 'vitest';
import { useMasthead } from '../support/app.ts';
import { makeMedia } from '../support/factories.ts';

const masthead = useMasthead();
const media = '/admin/v1/media';

describe('changing media', () => {
  test('a patch replaces the whole credit, and null removes it', async () => {
    const { id } = await makeMedia(masthead, { alt: 'Teal', creditText: 'Ada', creditLicence: 'CC0-1.0' });
    const patch = (body: object) => masthead.as('author').patch(`${media}/${id}`, body);
    const replaced = await patch({ credit: { text: 'Grace' } });
    expect(replaced.body.credit).toEqual({ text: 'Grace', url: null, licence: null });
    expect((await patch({ credit: null, alt: null })).body).toMatchObject({ credit: null, alt: null });
  });

  test('a refused patch names every fault and changes nothing', async () => {
    const { id } = await makeMedia(masthead);
    const answer = await masthead.as('author').patch(`${media}/${id}`, {
      alt: 'half a pair \ud800',
      credit: { url: 'javascript:alert(1)', author: 'x' },
      width: 10,
    });
    expect(answer.status).toBe(400);
    const pointers = answer.body.errors.map((fault: { pointer: string }) => fault.pointer).sort();
    expect(pointers).toEqual(['/alt', '/credit/author', '/credit/text', '/credit/url', '/width']);
    expect((await masthead.as('viewer').get(`${media}/${id}`)).body.revision).toBe(1);
  });
});
