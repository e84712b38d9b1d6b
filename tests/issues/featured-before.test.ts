import { describe, expect, test } from 'vitest';
import { useMasthead } from '../support/app.ts';
import { makeNewsletter, makePaper, makeReadyIssue, publish } from '../support/factories.ts';
import { linkTo, placesOf, readWarnings, withItems } from './checklist.ts';

const masthead = useMasthead();

/** Fields of two issues of one newsletter that share a paper and a link, and of a third that has neither. */
async function makeFields() {
  const { id: newsletterId } = await makeNewsletter(masthead);
  const { id: paperId } = await makePaper(masthead);
  const link = linkTo(`https://example.org/${paperId}`);
  const itemWith = (other: string) => ({ kind: 'paper', paperId, links: [linkTo(other), link] });
  return {
    earlier: { newsletterId, ...withItems(itemWith('https://example.org/earlier')) },
    later: { newsletterId, ...withItems({}, itemWith('https://example.org/later')) },
    neither: { newsletterId, ...withItems({}) },
  };
}
type Fields = Awaited<ReturnType<typeof makeFields>>;

const places = [
  ['/sections/0/items/1/links/1/url', 'link_featured_before'],
  ['/sections/0/items/1/paperId', 'paper_featured_before'],
];

async function makePublished(fields: { [field: string]: unknown }) {
  return publish(masthead, (await makeReadyIssue(masthead, fields)).id);
}

describe('a link or paper that was featured before', () => {
  test('the warning names the issue that featured it', async () => {
    const { earlier, later } = await makeFields();
    await makePublished({ ...earlier, number: 25, title: 'January' });
    const warnings = await readWarnings(masthead, (await makeReadyIssue(masthead, later)).id);
    expect(placesOf(warnings)).toEqual(places);
    for (const { message } of warnings) expect(message).toContain('issue 25, “January”');
  });

  test('the warning names the issue that was published last, whatever its number', async () => {
    const { earlier, later } = await makeFields();
    for (const number of [5, 3, 9, 7]) {
      await makePublished({ ...earlier, number });
      const draft = await makeReadyIssue(masthead, { ...later, number: 10 + number });
      const warnings = await readWarnings(masthead, draft.id);
      expect(warnings).toHaveLength(2);
      for (const { message } of warnings) expect(message).toContain(`issue ${number},`);
    }
  });

  test('the issue that featured it first gets no warning', async () => {
    const { earlier, later } = await makeFields();
    const first = await makePublished(earlier);
    const second = await makePublished(later);
    expect(await readWarnings(masthead, first.id)).toEqual([]);
    expect(placesOf(await readWarnings(masthead, second.id))).toEqual(places);
  });

  test.each<[string, (fields: Fields) => Promise<unknown>]>([
    ['only a draft features it', ({ earlier }) => makeReadyIssue(masthead, earlier)],
    [
      'another newsletter featured it',
      async ({ earlier }) => makePublished({ ...earlier, newsletterId: (await makeNewsletter(masthead)).id }),
    ],
    [
      'the issue that featured it was withdrawn',
      async ({ earlier }) => {
        const { id } = await makePublished(earlier);
        await masthead.as('editor').delete(`/admin/v1/issues/${id}/publication`, { 'if-match': '*' });
      },
    ],
    [
      'the issue that featured it was published again without it',
      async ({ earlier, neither: { sections } }) => {
        const { id } = await makePublished(earlier);
        await masthead.as('author').put(`/admin/v1/issues/${id}/content`, { sections }, { 'if-match': '*' });
        await publish(masthead, id);
      },
    ],
  ])('there is no warning if %s', async (_what, prepare) => {
    const fields = await makeFields();
    await prepare(fields);
    expect(await readWarnings(masthead, (await makeReadyIssue(masthead, fields.later)).id)).toEqual([]);
  });
});
