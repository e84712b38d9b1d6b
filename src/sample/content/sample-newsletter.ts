import type { SampleNewsletter } from './library-shapes.ts';

export const newsletter: SampleNewsletter = {
  slug: 'one-epoch',
  title: 'One Epoch',
  tagline: 'One pass over the machine learning news, once a month',
  description:
    'A monthly newsletter for people who build things with machine learning: what we made, what we read, and what we would show a friend. One Epoch is the sample newsletter that ships with Masthead. Its editors and their projects are fictional; the papers, tools and companies it covers are real.',
  language: 'en-AU',
  timeZone: 'Australia/Brisbane',
  links: [
    { label: 'Our first stop: new machine learning papers', url: 'https://arxiv.org/list/cs.LG/recent' },
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
