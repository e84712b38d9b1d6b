/** Examples for the OpenAPI document. */

const file = 'https://letters.example.org/media/9f86d081884c7d65-2f1a8c345d0b4c1e9a776b3d.png';
const srcset = (format: string) =>
  [320, 640].map((width) => `${file}.${width}.${format} ${width}w`).join(', ');

export const figureExample = {
  mediaId: '0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b15',
  url: file,
  width: 640,
  height: 336,
  mimeType: 'image/png',
  alt: 'Two boxes joined by an arrow',
  caption: 'The model at a glance',
  credit: { text: 'The authors of BLIP', url: 'https://github.com/salesforce/BLIP', licence: 'BSD-3-Clause' },
  sources: [
    { mimeType: 'image/avif', srcset: srcset('avif') },
    { mimeType: 'image/webp', srcset: srcset('webp') },
    { mimeType: 'image/png', srcset: srcset('png') },
  ],
  thumbhash: '1QcSHQRnh493V4dIh4eXh1h4kJUI',
  placeholder: null,
  focalPoint: { x: 0.4, y: 0.25 },
};

export const attachmentExample = {
  mediaId: '0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b17',
  url: 'https://letters.example.org/media/60303ae22b998861-8f2c1d7be0a64953a1c2d3e4.mp3',
  mimeType: 'audio/mpeg',
  size: 18_432_006,
  originalName: 'episode-26.mp3',
};

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
          attachments: [],
          tags: [],
          paper: null,
        },
      ],
    },
  ],
  signOff: null,
};
