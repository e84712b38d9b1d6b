import { describe, expect, test } from 'vitest';
import { useMasthead } from '../support/app.ts';
import { makeMedia, makeNewsletter, makePaper, makeReadyIssue } from '../support/factories.ts';
import { linkTo, placesOf, readWarnings, withItems } from './checklist.ts';

const masthead = useMasthead();

describe('an issue without shortcomings', () => {
  test('an issue without shortcomings has no warnings', async () => {
    const { id } = await makeReadyIssue(masthead, withItems({ links: [linkTo('https://example.org')] }));
    expect(await readWarnings(masthead, id)).toEqual([]);
  });
});

describe('the length of an issue', () => {
  const words = (count: number) => 'word '.repeat(count);

  test.each([
    [7, 10, 2, true],
    [8, 10, 2, false],
    [12, 10, 2, false],
    [13, 10, 2, true],
    [10, 10, null, false],
    [11, 10, null, true],
    [1, null, null, false],
  ])(
    'for %i words with a target of %j and a tolerance of %j, the presence of a warning is %j',
    async (count, lengthTarget, lengthTolerance, isOff) => {
      const { id: newsletterId } = await makeNewsletter(masthead, { lengthTarget, lengthTolerance });
      const { id } = await makeReadyIssue(masthead, { newsletterId, ...withItems({ body: words(count) }) });
      const warnings = await readWarnings(masthead, id);
      expect(placesOf(warnings)).toEqual(isOff ? [['', 'length_off_target']] : []);
      if (isOff) expect(warnings[0]?.message).toContain(`${count} words`);
    },
  );

  test('the word count includes intros, bodies and sign-off, but neither titles nor markup', async () => {
    const { id: newsletterId } = await makeNewsletter(masthead, { lengthTarget: 100 });
    const { id } = await makeReadyIssue(masthead, {
      newsletterId,
      title: 'Not counted',
      subtitle: 'Nor this',
      intro: 'One *two* [three](https://example.org/a/b).',
      signOff: 'Four.',
      sections: [
        { title: 'No', intro: 'Five six', items: [{ kind: 'note', title: 'No', body: '- seven\n- eight' }] },
      ],
    });
    expect((await readWarnings(masthead, id))[0]?.message).toContain('has 8 words');
  });
});

describe('a figure without credit', () => {
  test('every place of a figure without credit gets one warning', async () => {
    const [first, second] = [
      (await makeMedia(masthead, { alt: 'x' })).id,
      (await makeMedia(masthead, { alt: 'x' })).id,
    ];
    const both = `![](media:${first})\n\n![](media:${second})`;
    const items = [
      { kind: 'note', title: 'One', body: both },
      { kind: 'note', title: 'Two', body: both, figures: [{ mediaId: second }] },
    ];
    const { id } = await makeReadyIssue(masthead, {
      cover: { mediaId: first },
      intro: both,
      signOff: both,
      sections: [{ title: 'A', intro: both, items }],
    });
    const warnings = await readWarnings(masthead, id);
    expect(placesOf(warnings).sort()).toEqual(
      [
        '/cover',
        '/intro',
        '/sections/0/intro',
        '/sections/0/items/0/body',
        '/sections/0/items/1/body',
        '/sections/0/items/1/figures/0',
        '/signOff',
      ].map((pointer) => [pointer, 'credit_missing']),
    );
  });

  test('a figure needs no credit of its own if its media file has one, and the other way round', async () => {
    const credited = (await makeMedia(masthead, { alt: 'x', creditText: 'Ada' })).id;
    const bare = (await makeMedia(masthead, { alt: 'x' })).id;
    const credit = { text: 'Ada' };
    const item = {
      body: `![](media:${credited})\n\n![](media:${bare})`,
      figures: [{ mediaId: bare, credit }],
    };
    const { id } = await makeReadyIssue(masthead, {
      cover: { mediaId: bare, credit },
      intro: `![](media:${credited})`,
      ...withItems(item),
    });
    expect(await readWarnings(masthead, id)).toEqual([]);
  });
});

describe('a link or paper that appears twice in an issue', () => {
  test('each repetition gets a warning that points to the first appearance', async () => {
    const { id: paperId } = await makePaper(masthead);
    const [one, other] = [linkTo('https://example.org/1'), linkTo('https://example.org/2')];
    const { id } = await makeReadyIssue(
      masthead,
      withItems(
        { kind: 'paper', paperId, links: [one, other] },
        { links: [other] },
        { kind: 'paper', paperId, links: [other] },
      ),
    );
    expect(await readWarnings(masthead, id)).toMatchObject([
      {
        pointer: '/sections/0/items/1/links/0/url',
        code: 'link_repeated',
        message: expect.stringContaining('/sections/0/items/0/links/1/url'),
      },
      {
        pointer: '/sections/0/items/2/links/0/url',
        code: 'link_repeated',
        message: expect.stringContaining('/sections/0/items/0/links/1/url'),
      },
      {
        pointer: '/sections/0/items/2/paperId',
        code: 'paper_repeated',
        message: expect.stringContaining('/sections/0/items/0/paperId'),
      },
    ]);
  });
});
