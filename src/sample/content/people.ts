import type { SamplePerson } from './library-shapes.ts';

export const people = {
  editors: {
    slug: 'editors',
    name: 'The editors',
    bio: 'The shared byline of One Epoch. Several of us read, test and write each month, which is why the newsletter says “we”.',
    links: [{ label: 'Reading list', url: 'https://arxiv.org/list/cs.CV/recent' }],
    avatar: 'mark',
  },
  'drawing-desk': {
    slug: 'drawing-desk',
    name: 'The drawing desk',
    bio: 'Draws the figures for One Epoch. Most are based on someone else’s better one, which the credit names.',
    links: [],
  },
} satisfies Record<string, SamplePerson>;

export type PersonName = keyof typeof people;
