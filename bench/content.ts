import { openAsBlob } from 'node:fs';
import { resolve } from 'node:path';
import type { AdminClient } from './admin-client.ts';
import { makeWriter, type Writer } from './words.ts';

/** The records that issues refer to. */
export type Library = { personId: string; paperId: string; mediaId: string };

const FIGURE = resolve(import.meta.dirname, '../src/sample/figures/seer.png');

export async function makeLibrary(admin: AdminClient): Promise<Library> {
  const person = await admin.post('/people', { slug: 'author', name: 'An author', bio: 'Writes.' });
  const paper = await admin.post('/papers', {
    title: 'A paper on many things',
    authors: [{ name: 'First Author' }, { name: 'Second Author' }],
    year: 2026,
    venue: 'A conference',
    abstract: makeWriter(0).words(60),
    arxivId: '2201.12086',
    links: [{ label: 'Paper', url: 'https://example.com/paper', rel: 'paper' }],
  });
  const form = new FormData();
  form.append('alt', 'Two panels of boxes.');
  form.append('creditText', 'The editors');
  form.append('file', await openAsBlob(FIGURE), 'figure.png');
  const media = await admin.post('/media', form);
  return { personId: person.id, paperId: paper.id, mediaId: media.id };
}

export async function makeNewsletter(admin: AdminClient, slug: string): Promise<string> {
  const { id } = await admin.post('/newsletters', { slug, title: `The letter ${slug}`, language: 'en' });
  return id;
}

/** Creates a draft that is ready to be published, about 35 KB of JSON as an edition. Returns its id. */
export async function makeIssue(
  admin: AdminClient,
  newsletterId: string,
  number: number,
  { personId, paperId, mediaId }: Library,
): Promise<string> {
  const writer = makeWriter(number);
  const { id } = await admin.post(`/newsletters/${newsletterId}/issues`, {
    number,
    title: `What you missed: ${writer.words(4)}`,
    subtitle: writer.words(8),
    intro: writer.markdown(40),
    signOff: writer.markdown(20),
    coverage: { from: '2026-02-01', to: '2026-02-28' },
    authorIds: [personId],
    cover: { mediaId },
    tags: ['vision', 'language'],
    sections: ['Our work', 'Around the internet', 'Papers', 'Cool things'].map((title) => ({
      title,
      emoji: '📰',
      intro: writer.words(12),
      items: [
        { kind: 'paper', paperId, ...makeItem(writer, 34) },
        { kind: 'link', figures: [{ mediaId }], ...makeItem(writer, 28) },
        { kind: 'tool', ...makeItem(writer, 22) },
        { kind: 'note', ...makeItem(writer, 16) },
      ],
    })),
  });
  return id;
}

function makeItem(writer: Writer, wordCount: number) {
  const address = writer.words(3).replaceAll(' ', '-');
  return {
    title: writer.words(5),
    body: writer.markdown(wordCount),
    links: [{ label: 'Read it', url: `https://example.com/${address}`, rel: 'source' }],
    tags: ['vision'],
  };
}
