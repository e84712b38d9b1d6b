import { describe, expect, test } from 'vitest';
import { type FigureName, figures } from '../../src/sample/content/figures.ts';
import { issue24 } from '../../src/sample/content/issue-24.ts';
import { issue25 } from '../../src/sample/content/issue-25.ts';
import { issue26 } from '../../src/sample/content/issue-26.ts';
import type { SamplePerson } from '../../src/sample/content/library-shapes.ts';
import { papers } from '../../src/sample/content/papers.ts';
import { people } from '../../src/sample/content/people.ts';
import { newsletter } from '../../src/sample/content/sample-newsletter.ts';
import type { SampleIssue } from '../../src/sample/content/shapes.ts';

const issues = [issue24, issue25, issue26];

describe('the sample newsletter', () => {
  test('every figure, paper and person of the sample is used', () => {
    expect(usedFigures()).toEqual(new Set(Object.keys(figures)));
    expect(new Set(issues.flatMap(featuredPapers))).toEqual(new Set(Object.keys(papers)));
    expect(new Set(issues.flatMap((issue) => issue.authors))).toEqual(new Set(Object.keys(people)));
  });

  test('every figure has an alt text, a caption and a credit with a URL and a licence', () => {
    for (const { alt, caption, credit } of Object.values(figures)) {
      expect(alt).toMatch(/\.$/);
      expect(caption).toMatch(/\.$/);
      expect(credit).toMatchObject({ text: expect.stringMatching(/Masthead/), licence: 'CC0-1.0' });
      expect(new URL(credit.url).protocol).toBe('https:');
    }
  });

  test('every URL uses https, also in the texts', () => {
    const addresses =
      JSON.stringify([newsletter, people, papers, ...issues]).match(/\w+:\/\/[^\s")\\]+/g) ?? [];
    expect(addresses.length).toBeGreaterThan(60);
    for (const address of addresses) expect(new URL(address).protocol).toBe('https:');
  });

  test('no two items of an issue link to the same URL', () => {
    for (const issue of issues) {
      const addresses = items(issue).flatMap((item) => [...new Set(item.links.map((link) => link.url))]);
      expect(addresses).toHaveLength(new Set(addresses).size);
    }
  });

  test('one paper is featured in two issues and every other paper in one', () => {
    const featured = issues.flatMap(featuredPapers);
    expect(featured.filter((paper, index) => featured.indexOf(paper) !== index)).toEqual([
      'masked-autoencoders',
    ]);
  });

  test.each(issues.map((issue) => [issue.number, issue] as const))(
    'the word count of issue %i is within the tolerance of the target',
    (_number, issue) => {
      const { lengthTarget, lengthTolerance } = newsletter;
      expect(Math.abs(countWords(issue) - lengthTarget)).toBeLessThanOrEqual(lengthTolerance);
    },
  );
});

describe('issue 26', () => {
  test('issue 26 has thirteen items in four sections', () => {
    expect(issue26.sections.map((section) => section.items.length)).toEqual([3, 4, 4, 2]);
    expect(issue26.sections.map(({ title, emoji }) => ({ title, emoji }))).toEqual(
      newsletter.sectionTemplate,
    );
  });

  test('issue 26 features four papers, and each item links to the paper on arXiv', () => {
    const featured = items(issue26).flatMap((item) => (item.kind === 'paper' ? [item] : []));
    expect(featured.map((item) => papers[item.paper].arxivId)).toEqual([
      '2201.12086',
      '2111.07832',
      '2202.08360',
      '2201.02605',
    ]);
    for (const { paper, links } of featured) {
      expect(links).toContainEqual({
        label: 'Paper',
        url: `https://arxiv.org/abs/${papers[paper].arxivId}`,
        rel: 'paper',
      });
    }
  });

  test('issue 26 shows nine figures, eight of them between paragraphs', () => {
    const placed = items(issue26).flatMap((item) => figuresIn(item.body));
    const named = items(issue26).flatMap((item) => item.figures ?? []);
    expect(placed).toHaveLength(8);
    expect(named.map(({ media }) => media)).toEqual(['torch-studio']);
    for (const { body } of items(issue26)) {
      for (const block of body.split('\n\n')) {
        if (block.includes('media:')) expect(block).toMatch(/^!\[[^\]]+\]\(media:[a-z0-9-]+\)$/);
      }
    }
  });

  test('issue 26 links to the podcast on three platforms', () => {
    const podcast = items(issue26).find((item) => item.kind === 'media');
    expect(podcast?.links.map(({ label, rel }) => `${label}: ${rel}`)).toEqual([
      'YouTube: video',
      'Spotify: audio',
      'Apple Podcasts: audio',
    ]);
  });

  test('issue 26 is the longest of the three', () => {
    expect(countWords(issue26)).toBeGreaterThan(1300);
    expect(countWords(issue24)).toBeLessThan(countWords(issue26));
    expect(countWords(issue25)).toBeLessThan(countWords(issue26));
  });
});

function items(issue: SampleIssue) {
  return issue.sections.flatMap((section) => section.items);
}

function featuredPapers(issue: SampleIssue) {
  return items(issue).flatMap((item) => (item.kind === 'paper' ? [item.paper] : []));
}

function usedFigures(): Set<string> {
  const avatars = Object.values<SamplePerson>(people).flatMap(({ avatar }) => avatar ?? []);
  return new Set<string>([...avatars, ...issues.flatMap(figuresOf)]);
}

function figuresOf(issue: SampleIssue): string[] {
  const texts = [issue.intro, issue.signOff, ...issue.sections.flatMap((section) => section.intro ?? [])];
  const named = items(issue).flatMap((item): FigureName[] => item.figures?.map(({ media }) => media) ?? []);
  return [issue.cover, ...named, ...[...texts, ...items(issue).map((item) => item.body)].flatMap(figuresIn)];
}

function figuresIn(markdown: string): string[] {
  return [...markdown.matchAll(/\(media:([^)]*)\)/g)].map(([, name = '']) => name);
}

/** Counts the words of titles and texts, without URLs and without the alt texts of figures. */
function countWords(issue: SampleIssue): number {
  const texts = [
    issue.title,
    issue.subtitle,
    issue.intro,
    issue.signOff,
    ...issue.sections.flatMap(({ title, intro = '' }) => [title, intro]),
    ...items(issue).flatMap(({ title, body }) => [title, body]),
  ];
  const plain = texts
    .join(' ')
    .replace(/!\[[^\]]*\]\([^)]*\)/g, ' ')
    .replace(/\]\([^)]*\)/g, ']');
  return plain.match(/\S*\w\S*/g)?.length ?? 0;
}
