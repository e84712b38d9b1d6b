import { expect } from 'vitest';
import type { Masthead } from '../support/app.ts';
import { makeIssue, makeNewsletter, makeReadyIssue, publish } from '../support/factories.ts';
import type { Entry, Events, Noun } from './noun.ts';
import { text } from './noun-parts.ts';

const link = { label: 'Old', url: 'https://example.org', rel: 'other' };

export const issues: Noun = {
  name: 'an issue',
  plural: 'issues',
  address: '/admin/v1/issues',
  methods: ['get', 'patch', 'delete'],
  reader: 'viewer',
  writer: 'author',
  tables: ['issues', 'sections', 'items'],
  within: (newsletterId) => `/admin/v1/newsletters/${newsletterId}/issues`,
  openCollection: async (masthead) => `/admin/v1/newsletters/${(await makeNewsletter(masthead)).id}/issues`,
  read: (masthead, id) => masthead.as('viewer').get(`/admin/v1/issues/${id}`),
  creation: {
    input: () => ({
      title: 'Old',
      subtitle: 'Old',
      intro: 'Old',
      signOff: 'Old',
      coverage: { from: '2022-02-01', to: '2022-02-28' },
      tags: ['old'],
      sections: [{ title: 'Stays', items: [{ kind: 'note', title: 'Stays' }] }],
    }),
    shownOnce: [],
    mayBeEmpty: true,
    hasLocation: true,
    hasEtag: true,
  },
  change: {
    needsIfMatch: true,
    isRevised: true,
    patches: { slug: 'new', title: 'New', subtitle: null, intro: 'New', coverage: null, tags: [] },
    wrongTypes: { number: '1', title: null, subtitle: 5, tags: {} },
    texts: {
      '/slug': text('slug'),
      '/title': text('title'),
      '/subtitle': text('subtitle'),
      '/intro': text('intro'),
      '/tags/0': (tag) => ({ tags: [tag] }),
    },
  },
  listing: { orderedBy: ({ number }) => number, omits: ['intro', 'signOff', 'sections'] },
  events: {
    subjectKind: 'issue',
    describe: (verb, { number, slug, newsletterId }, fields) => ({
      type: `issue.${verb}`,
      details: verb === 'updated' ? { change: 'issue.updated', fields } : { number, slug },
      newsletterId,
    }),
  },
};

export const sections: Noun = {
  name: 'a section',
  plural: 'sections',
  address: '/admin/v1/sections',
  methods: ['patch', 'delete'],
  reader: 'viewer',
  writer: 'author',
  tables: ['sections', 'items', 'issues'],
  within: (issueId) => `/admin/v1/issues/${issueId}/sections`,
  openCollection: async (masthead) => `/admin/v1/issues/${(await makeIssue(masthead)).id}/sections`,
  read: async (masthead, id) => {
    const { issueId } = await masthead.database.prisma.section.findUniqueOrThrow({ where: { id } });
    return readPart(masthead, issueId, id);
  },
  creation: {
    input: () => ({
      title: 'Old',
      emoji: '📰',
      intro: 'Old',
      items: [{ kind: 'note', title: 'Stays' }],
    }),
    shownOnce: [],
    hasLocation: false,
    hasEtag: true,
  },
  change: {
    needsIfMatch: true,
    isRevised: false,
    patches: { title: 'New', emoji: null, intro: 'New' },
    wrongTypes: { title: null, emoji: 5, intro: [] },
    texts: { '/title': text('title'), '/emoji': text('emoji'), '/intro': text('intro') },
  },
  events: treeEvents('section'),
};

export const items: Noun = {
  name: 'an item',
  plural: 'items',
  address: '/admin/v1/items',
  methods: ['patch', 'delete'],
  reader: 'viewer',
  writer: 'author',
  tables: ['items', 'issues'],
  within: (sectionId) => `/admin/v1/sections/${sectionId}/items`,
  openCollection: async (masthead) => {
    const issue = await makeIssue(masthead, { sections: [{ title: 'A section' }] });
    return `/admin/v1/sections/${issue.sections[0].id}/items`;
  },
  read: async (masthead, id) => {
    const { section } = await masthead.database.prisma.item.findUniqueOrThrow({
      where: { id },
      include: { section: true },
    });
    return readPart(masthead, section.issueId, id);
  },
  creation: {
    input: () => ({ kind: 'note', title: 'Old', body: 'Old', links: [link], tags: ['old'] }),
    shownOnce: [],
    hasLocation: false,
    hasEtag: true,
  },
  change: {
    needsIfMatch: true,
    isRevised: false,
    patches: { kind: 'tool', title: 'New', body: null, links: [], tags: [] },
    wrongTypes: { kind: 'essay', title: null, body: 5, tags: {} },
    texts: {
      '/title': text('title'),
      '/body': text('body'),
      '/links/0/label': (label) => ({ links: [{ ...link, label }] }),
      '/tags/0': (tag) => ({ tags: [tag] }),
    },
  },
  events: treeEvents('item'),
};

export const editions: Noun = {
  name: 'an edition',
  plural: 'editions',
  address: '/admin/v1/editions',
  methods: ['get'],
  reader: 'viewer',
  writer: 'editor',
  tables: ['editions'],
  within: (issueId) => `/admin/v1/issues/${issueId}/editions`,
  openCollection: async (masthead) => `/admin/v1/issues/${(await makeReadyIssue(masthead)).id}/editions`,
  read: (masthead, id) => masthead.as('viewer').get(`/admin/v1/editions/${id}`),
  listing: { orderedBy: ({ version }) => version, omits: ['document'], add: publishAgain },
};

export const events: Noun = {
  name: 'an event',
  plural: 'events',
  address: '/admin/v1/events',
  methods: [],
  reader: 'viewer',
  writer: 'admin',
  tables: ['events'],
  openCollection: async () => '/admin/v1/events',
  read: (masthead, id) => masthead.as('viewer').get(`/admin/v1/events/${id}`),
  listing: { orderedBy: ({ at }) => at, omits: [], add: (masthead) => makeNewsletter(masthead) },
};

/** The section or item with this id, with the headers of its issue. */
async function readPart(masthead: Masthead, issueId: string, id: string) {
  const answer = await masthead.as('viewer').get(`/admin/v1/issues/${issueId}`);
  const parts = answer.body.sections.flatMap((section: Entry) => [section, ...section.items]);
  return { ...answer, body: parts.find((part: Entry) => part.id === id) };
}

/** Changes of a part are events of its issue. */
function treeEvents(kind: 'section' | 'item'): Events {
  return {
    subjectKind: kind,
    describe: (verb, _entry, fields) => ({
      type: 'issue.updated',
      details: { change: `${kind}.${verb}`, ...(verb === 'updated' ? { fields } : {}) },
      newsletterId: expect.any(String),
    }),
  };
}

async function publishAgain(masthead: Masthead, collection: string): Promise<void> {
  const issueId = collection.split('/').at(-2) ?? '';
  await masthead
    .as('author')
    .patch(`/admin/v1/issues/${issueId}`, { subtitle: `${performance.now()}` }, { 'if-match': '*' });
  await publish(masthead, issueId);
}
