import sharp from 'sharp';
import type { Client } from '../support/app.ts';
import { sendForm, uniqueSlug } from '../support/factories.ts';
import type { Entry, Fields, Noun } from './noun.ts';
import { byId, JSON_CREATION, OPTIONAL_IF_MATCH, ownEvents, text, topLevel } from './noun-parts.ts';

export const media: Noun = {
  name: 'a media file',
  plural: 'media files',
  ...topLevel('media'),
  methods: ['get', 'patch', 'delete'],
  reader: 'viewer',
  writer: 'author',
  tables: ['media', 'media_files'],
  creation: { ...JSON_CREATION, input: () => ({ alt: 'Old', caption: 'Old' }), post: uploadImage },
  change: {
    ...OPTIONAL_IF_MATCH,
    patches: {
      alt: '',
      caption: null,
      credit: { text: 'Ada Example', url: 'https://example.org/ada', licence: null },
      tags: ['new'],
    },
    wrongTypes: { alt: 5, caption: [], tags: 'new', credit: 'Ada' },
    texts: { '/alt': text('alt'), '/caption': text('caption') },
  },
  listing: { orderedBy: byId, omits: [] },
  usedBy: (mediaId) => ({ cover: { mediaId } }),
  events: ownEvents('media', ({ url }) => ({ fileName: url.split('/').at(-1) })),
};

export const apiKeys: Noun = {
  name: 'an API key',
  plural: 'API keys',
  ...topLevel('api-keys'),
  methods: ['delete'],
  reader: 'admin',
  writer: 'admin',
  tables: ['api_keys'],
  read: async (masthead, id) => {
    const answer = await masthead.as('admin').get('/admin/v1/api-keys?limit=100');
    return { ...answer, body: answer.body.data.find((key: Entry) => key.id === id) };
  },
  creation: {
    input: () => ({ name: 'Old', role: 'viewer', expiresAt: '2099-01-01T00:00:00.000Z' }),
    shownOnce: ['secret'],
    hasLocation: false,
    hasEtag: false,
  },
  listing: { orderedBy: byId, omits: [] },
  events: ownEvents('api_key', ({ name, role }) => ({ name, role })),
};

export const imports: Noun = {
  name: 'an import',
  plural: 'imports',
  ...topLevel('paper-imports'),
  methods: ['get'],
  reader: 'viewer',
  writer: 'author',
  tables: ['paper_imports'],
  creation: {
    input: () => ({}),
    post: importPaper,
    shownOnce: ['records'],
    hasLocation: true,
    hasEtag: false,
  },
  listing: { orderedBy: byId, omits: [] },
};

let count = 0;

/** Uploads an image whose colour is unique in the file. */
async function uploadImage(client: Client, url: string, fields: Fields) {
  count += 1;
  const background = { r: count % 256, g: count >> 8, b: 7 };
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, String(value));
  const image = sharp({ create: { width: 4, height: 3, channels: 3, background } });
  form.append('file', new File([await image.png().toBuffer()], 'colour.png'));
  return sendForm(client, url, form);
}

function importPaper(client: Client) {
  return client.send({
    method: 'POST',
    url: '/admin/v1/papers/imports',
    payload: `@article{a, title = {A paper}, doi = {10.1000/${uniqueSlug('import')}}}`,
    headers: { 'content-type': 'application/x-bibtex' },
  });
}
