import type { SampleNewsletter } from './library-shapes.ts';

export const newsletter: SampleNewsletter = {
  slug: 'one-epoch',
  title: 'One Epoch',
  tagline: 'Once a month, one pass over the news in machine learning',
  description:
    'A letter for people who build things with machine learning: what we made, what we read, and what we would show a friend. One Epoch is the sample newsletter that comes with Masthead. Its editors and their projects are made up; the papers, tools and companies it writes about are real.',
  language: 'en-AU',
  timeZone: 'Australia/Brisbane',
  links: [
    { label: 'Where we look first: new machine learning papers', url: 'https://arxiv.org/list/cs.LG/recent' },
  ],
  lengthTarget: 500,
  lengthTolerance: 1000,
  sectionTemplate: [
    { title: 'Our work', emoji: '💻' },
    { title: 'Machine learning from around the internet', emoji: '🕸️' },
    { title: 'Papers & research', emoji: '📰' },
    { title: 'A couple of cool things', emoji: '😎' },
  ],
};
