import { uniqueSlug } from '../support/factories.ts';
import type { Noun } from './noun.ts';
import { byId, JSON_CREATION, OPTIONAL_IF_MATCH, ownEvents, text, topLevel } from './noun-parts.ts';

const link = { label: 'Old', url: 'https://example.org' };

export const newsletters: Noun = {
  name: 'a newsletter',
  plural: 'newsletters',
  ...topLevel('newsletters'),
  methods: ['get', 'patch', 'delete'],
  reader: 'viewer',
  writer: 'admin',
  tables: ['newsletters'],
  creation: {
    ...JSON_CREATION,
    input: () => ({
      slug: uniqueSlug('letter'),
      title: 'Old',
      tagline: 'Old',
      description: 'Old',
      language: 'de',
      timeZone: 'Europe/Berlin',
      links: [link],
      lengthTarget: 1_500,
    }),
  },
  change: {
    ...OPTIONAL_IF_MATCH,
    patches: { title: 'New', tagline: null, description: 'New', links: [], lengthTarget: 900 },
    wrongTypes: { title: null, tagline: 5, links: {}, lengthTarget: '900' },
    texts: {
      '/slug': text('slug'),
      '/title': text('title'),
      '/tagline': text('tagline'),
      '/links/0/label': (label) => ({ links: [{ ...link, label }] }),
    },
  },
  listing: { orderedBy: byId, omits: [] },
  events: ownEvents('newsletter', ({ slug }) => ({ slug })),
};

export const people: Noun = {
  name: 'a person',
  plural: 'people',
  ...topLevel('people'),
  methods: ['get', 'patch', 'delete'],
  reader: 'viewer',
  writer: 'admin',
  tables: ['people'],
  creation: {
    ...JSON_CREATION,
    input: () => ({ slug: uniqueSlug('person'), name: 'Old', bio: 'Old', links: [link] }),
  },
  change: {
    ...OPTIONAL_IF_MATCH,
    patches: { name: 'New', bio: null, links: [] },
    wrongTypes: { name: null, bio: 5, links: {}, avatarId: 'ada.png' },
    texts: {
      '/slug': text('slug'),
      '/name': text('name'),
      '/bio': text('bio'),
      '/links/0/label': (label) => ({ links: [{ ...link, label }] }),
    },
  },
  listing: { orderedBy: byId, omits: [] },
  usedBy: (id) => ({ authorIds: [id] }),
  events: ownEvents('person', ({ slug }) => ({ slug })),
};

export const papers: Noun = {
  name: 'a paper',
  plural: 'papers',
  ...topLevel('papers'),
  methods: ['get', 'patch', 'delete'],
  reader: 'viewer',
  writer: 'author',
  tables: ['papers', 'paper_identifiers'],
  creation: {
    ...JSON_CREATION,
    input: () => ({
      title: 'Old',
      authors: [{ name: 'Zoe Zed' }, { name: 'Abe Ay' }],
      year: 2022,
      venue: 'Old',
      abstract: 'Old',
      doi: `10.1000/${uniqueSlug('contract')}`,
      links: [{ ...link, rel: 'code' }],
    }),
  },
  change: {
    ...OPTIONAL_IF_MATCH,
    patches: { title: 'New', authors: [{ name: 'Mia Em' }], year: null, venue: 'New', links: [] },
    wrongTypes: { title: null, year: '2022', links: {}, abstract: 5 },
    texts: {
      '/title': text('title'),
      '/abstract': text('abstract'),
      '/authors/0/name': (name) => ({ authors: [{ name }] }),
      '/links/0/label': (label) => ({ links: [{ ...link, rel: 'code', label }] }),
    },
  },
  listing: { orderedBy: byId, omits: [] },
  usedBy: (paperId) => ({
    sections: [{ title: 'Papers', items: Array(2).fill({ kind: 'paper', paperId }) }],
  }),
  events: ownEvents('paper', ({ title }) => ({ title })),
};
