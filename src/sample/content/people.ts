import type { SamplePerson } from './library-shapes.ts';

export const people = {
  editors: {
    slug: 'editors',
    name: 'The editors',
    bio: 'The house byline of One Epoch. Whoever read, tested and wrote that month hides behind it, which is why the letters say “we”.',
    links: [{ label: 'Reading list', url: 'https://arxiv.org/list/cs.CV/recent' }],
    avatar: 'mark',
  },
  'drawing-desk': {
    slug: 'drawing-desk',
    name: 'The drawing desk',
    bio: 'Draws the figures of One Epoch, most of them after a better one by somebody else, who is then named in the credit.',
    links: [],
  },
} satisfies Record<string, SamplePerson>;

export type PersonName = keyof typeof people;
