import { describe, expect, it, test } from 'vitest';
import { useMasthead } from '../support/app.ts';
import { makeMedia, makeNewsletter, makePaper, makeReadyIssue, publish } from '../support/factories.ts';

const masthead = useMasthead();

type Warning = { pointer: string; code: string; message: string; remedy: string };

/** The issue could go out; what is said of it nevertheless. */
async function warningsOf(issueId: string): Promise<Warning[]> {
  const { body } = await masthead.as('viewer').get(`/admin/v1/issues/${issueId}/readiness`);
  expect(body).toMatchObject({ ready: true, problems: [] });
  return body.warnings;
}

const placesOf = (warnings: Warning[]) => warnings.map(({ pointer, code }) => [pointer, code]);

function withItems(...items: object[]) {
  const note = { kind: 'note', title: 'One', body: 'Words.' };
  return { sections: [{ title: 'A', items: items.map((item) => ({ ...note, ...item })) }] };
}
const linkTo = (url: string) => ({ label: 'x', url, rel: 'source' });

describe('An issue without anything to remark', () => {
  it('has no warnings', async () => {
    const { id } = await makeReadyIssue(masthead, withItems({ links: [linkTo('https://example.org')] }));
    expect(await warningsOf(id)).toEqual([]);
  });
});

describe('The length of an issue', () => {
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
    'of %i words where %j are meant, give or take %j: remarked on, %j',
    async (count, lengthTarget, lengthTolerance, isOff) => {
      const { id: newsletterId } = await makeNewsletter(masthead, { lengthTarget, lengthTolerance });
      const { id } = await makeReadyIssue(masthead, { newsletterId, ...withItems({ body: words(count) }) });
      const warnings = await warningsOf(id);
      expect(placesOf(warnings)).toEqual(isOff ? [['', 'length_off_target']] : []);
      if (isOff) expect(warnings[0]?.message).toContain(`${count} words`);
    },
  );

  it('counts intro, sections, bodies and sign-off, and neither titles nor markup', async () => {
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
    expect((await warningsOf(id))[0]?.message).toContain('has 8 words');
  });
});

describe('A figure without credit', () => {
  it('is remarked on wherever it stands, once for each place', async () => {
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
    const warnings = await warningsOf(id);
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

  it('is not one whose media or whose use has it', async () => {
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
    expect(await warningsOf(id)).toEqual([]);
  });
});

describe('A link or paper that stands twice in an issue', () => {
  it('is remarked on where it stands again, with where it stood first', async () => {
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
    expect(await warningsOf(id)).toMatchObject([
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

describe('A link or paper that readers have seen before', () => {
  async function makeFeature(fields: object = {}) {
    const { id: paperId } = await makePaper(masthead);
    const url = `https://example.org/${paperId}`;
    const { id: newsletterId } = await makeNewsletter(masthead);
    const item = { kind: 'paper', paperId, links: [linkTo('https://example.org/other'), linkTo(url)] };
    return { newsletterId, ...withItems({}, item), ...fields };
  }
  const places = [
    ['/sections/0/items/1/links/1/url', 'link_featured_before'],
    ['/sections/0/items/1/paperId', 'paper_featured_before'],
  ];
  /** `feature` without the link that all have. */
  const laterOf = (feature: Awaited<ReturnType<typeof makeFeature>>) => {
    const later = structuredClone(feature);
    Object.assign(later.sections[0]?.items[1] ?? {}, {
      links: [linkTo('https://example.org/new'), linkTo(urlOf(feature))],
    });
    return later;
  };
  const urlOf = (feature: object) =>
    /https:\/\/example.org\/[\da-f-]{36}/.exec(JSON.stringify(feature))?.[0] ?? '';

  it('is remarked on with the issue that had it', async () => {
    const feature = await makeFeature();
    await publish(
      masthead,
      (await makeReadyIssue(masthead, { ...feature, number: 25, title: 'January' })).id,
    );
    const { id } = await makeReadyIssue(masthead, laterOf(feature));
    const warnings = await warningsOf(id);
    expect(placesOf(warnings)).toEqual(places);
    for (const { message } of warnings) expect(message).toMatch(/issue 25, “January”/);
  });

  it('is remarked on with the last of the issues that had it', async () => {
    const feature = await makeFeature();
    for (const number of [3, 9, 5])
      await publish(masthead, (await makeReadyIssue(masthead, { ...feature, number })).id);
    const { id } = await makeReadyIssue(masthead, laterOf(feature));
    for (const { message } of await warningsOf(id)) expect(message).toContain('issue 5,');
  });

  it('is not remarked on in the issue that had it first', async () => {
    const feature = await makeFeature();
    const first = await makeReadyIssue(masthead, feature);
    await publish(masthead, first.id);
    const second = await makeReadyIssue(masthead, laterOf(feature));
    await publish(masthead, second.id);
    expect(await warningsOf(first.id)).toEqual([]);
    expect(placesOf(await warningsOf(second.id))).toEqual(places);
  });

  test.each<[string, (feature: Awaited<ReturnType<typeof makeFeature>>) => Promise<unknown>]>([
    ['a draft has it', (feature) => makeReadyIssue(masthead, feature)],
    [
      'another newsletter had it',
      async (feature) => {
        const { id: newsletterId } = await makeNewsletter(masthead);
        await publish(masthead, (await makeReadyIssue(masthead, { ...feature, newsletterId })).id);
      },
    ],
    [
      'the issue that had it was withdrawn',
      async (feature) => {
        const { id } = await makeReadyIssue(masthead, feature);
        await publish(masthead, id);
        await masthead.as('editor').delete(`/admin/v1/issues/${id}/publication`, { 'if-match': '*' });
      },
    ],
    [
      'the issue that had it was published without it',
      async (feature) => {
        const { id } = await makeReadyIssue(masthead, feature);
        await publish(masthead, id);
        const content = { sections: withItems({}).sections };
        await masthead.as('author').put(`/admin/v1/issues/${id}/content`, content, { 'if-match': '*' });
        await publish(masthead, id);
      },
    ],
  ])('is not one because %s', async (_what, prepare) => {
    const feature = await makeFeature();
    await prepare(feature);
    const { id } = await makeReadyIssue(masthead, laterOf(feature));
    expect(await warningsOf(id)).toEqual([]);
  });
});
