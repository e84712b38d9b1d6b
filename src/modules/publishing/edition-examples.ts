/** What the documentation shows of an edition. */

export const summaryExample = {
  id: '0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b11',
  number: 26,
  slug: 'february-2022',
  title: 'What you missed in February',
  subtitle: null,
  coverage: { from: '2022-02-01', to: '2022-02-28' },
  authors: [{ slug: 'editors', name: 'The editors', bio: null, avatar: null, links: [] }],
  cover: null,
  tags: ['vision'],
  wordCount: 7,
  readingMinutes: 1,
  publishedAt: '2026-12-01T09:00:00.012Z',
  updatedAt: '2026-12-01T09:00:00.012Z',
  edition: 1,
};

export const documentExample = {
  ...summaryExample,
  newsletter: {
    slug: 'signal-and-noise',
    title: 'Signal & Noise',
    tagline: null,
    language: 'en',
    timeZone: 'UTC',
  },
  intro: { markdown: 'A *short* month.', html: '<p>A <em>short</em> month.</p>' },
  sections: [
    {
      id: '0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b12',
      title: 'Notes',
      emoji: null,
      intro: null,
      items: [
        {
          id: '0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b13',
          anchor: 'hello',
          kind: 'note',
          title: 'Hello',
          body: { markdown: 'A first note.', html: '<p>A first note.</p>' },
          links: [],
          figures: [],
          tags: [],
          paper: null,
        },
      ],
    },
  ],
  signOff: null,
};
