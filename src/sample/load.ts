import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { type Context, inTransaction } from '../context.ts';
import { lockWork } from '../lib/advisory-lock.ts';
import { createIssue } from '../modules/issues/editing/issue.ts';
import type { MediaLibrary } from '../modules/media/library/media-library.ts';
import { storeMedia } from '../modules/media/uploads/store-media.ts';
import { createNewsletter, findNewsletterBySlug } from '../modules/newsletters/newsletter.ts';
import { createPaper } from '../modules/papers/library/create-papers.ts';
import { findPaperId } from '../modules/papers/library/paper.ts';
import { createPerson, findPersonBySlug } from '../modules/people/person.ts';
import { publishIssue } from '../modules/publishing/workflow/publish-issue.ts';
import { figures } from './content/figures.ts';
import { issue24 } from './content/issue-24.ts';
import { issue25 } from './content/issue-25.ts';
import { issue26 } from './content/issue-26.ts';
import type { SampleFigure, SamplePaper, SamplePerson } from './content/library-shapes.ts';
import { papers } from './content/papers.ts';
import { people } from './content/people.ts';
import { newsletter } from './content/sample-newsletter.ts';
import type { SampleIssue, SampleItem } from './content/shapes.ts';

type Ids = ReadonlyMap<string, string>;

/** Long enough for a slow machine. */
const LOAD_TIMEOUT_MS = 120_000;

const figureFolder = join(import.meta.dirname, 'figures');

/**
 * Creates the sample newsletter and publishes its three issues, in one transaction except for the figures. Does nothing if a
 * newsletter with its slug exists. Returns whether it was loaded.
 */
export async function loadSampleContent(ctx: Context, library: MediaLibrary): Promise<boolean> {
  if (await isLoaded(ctx)) return false;
  // Outside the transaction, because storing takes too long to hold a lock. Storing a file twice creates one media file.
  const mediaIds = await storeFigures(ctx, library);
  return inTransaction(
    ctx,
    async (ctx) => {
      // Rendering the issues for the first time may take longer than transactions may idle. Nobody else waits for this one.
      await ctx.db.$executeRaw`SET LOCAL idle_in_transaction_session_timeout = '60s'`;
      await lockWork(ctx, 'loadSample');
      if (await isLoaded(ctx)) return false;
      const personIds = await createPeople(ctx, mediaIds);
      const paperIds = await createPapers(ctx);
      const { id } = await createNewsletter(ctx, newsletter);
      for (const sample of [issue24, issue25, issue26]) {
        const issue = await createIssue(ctx, id, toIssueInput(sample, { mediaIds, personIds, paperIds }));
        await publishIssue(ctx, issue.id, '*');
      }
      return true;
    },
    LOAD_TIMEOUT_MS,
  );
}

async function isLoaded(ctx: Context): Promise<boolean> {
  return (await findNewsletterBySlug(ctx, newsletter.slug)) !== null;
}

async function storeFigures(ctx: Context, library: MediaLibrary): Promise<Ids> {
  const ids = new Map<string, string>();
  for (const [name, figure] of Object.entries<SampleFigure>(figures)) {
    const { file, alt, caption, credit } = figure;
    const bytes = createReadStream(join(figureFolder, file));
    const { media } = await storeMedia(ctx, library, { bytes, originalName: file, alt, caption, credit });
    ids.set(name, media.id);
  }
  return ids;
}

/** Reuses people whose slug exists already. */
async function createPeople(ctx: Context, mediaIds: Ids): Promise<Ids> {
  const ids = new Map<string, string>();
  for (const [name, { avatar, ...person }] of Object.entries<SamplePerson>(people)) {
    const present = await findPersonBySlug(ctx, person.slug);
    const avatarId = avatar ? idOf(mediaIds, avatar) : null;
    ids.set(name, (present ?? (await createPerson(ctx, { ...person, avatarId }))).id);
  }
  return ids;
}

/** Reuses papers whose arXiv id exists already. */
async function createPapers(ctx: Context): Promise<Ids> {
  const ids = new Map<string, string>();
  for (const [name, paper] of Object.entries<SamplePaper>(papers)) {
    const present = await findPaperId(ctx, { scheme: 'arxiv', value: paper.arxivId });
    ids.set(name, present ?? (await createPaper(ctx, paper)).id);
  }
  return ids;
}

type Library = { mediaIds: Ids; personIds: Ids; paperIds: Ids };

/** Replaces names with ids. */
function toIssueInput(sample: SampleIssue, { mediaIds, personIds, paperIds }: Library) {
  const { authors, cover, intro, signOff, sections, ...issue } = sample;
  const place = (text: string) => placeMedia(text, mediaIds);
  return {
    ...issue,
    intro: place(intro),
    signOff: place(signOff),
    authorIds: authors.map((name) => idOf(personIds, name)),
    cover: { mediaId: idOf(mediaIds, cover) },
    sections: sections.map(({ items, intro, ...section }) => ({
      ...section,
      intro: intro === undefined ? null : place(intro),
      items: items.map((item) => toItemInput(item, place, { mediaIds, paperIds })),
    })),
  };
}

function toItemInput(
  item: SampleItem,
  place: (text: string) => string,
  { mediaIds, paperIds }: Pick<Library, 'mediaIds' | 'paperIds'>,
) {
  const { title, body, links, tags = [], figures = [] } = item;
  const fields = {
    title,
    links,
    tags,
    body: place(body),
    figures: figures.map(({ media, ...texts }) => ({ mediaId: idOf(mediaIds, media), ...texts })),
  };
  if (item.kind !== 'paper') return { ...fields, kind: item.kind };
  return { ...fields, kind: item.kind, paperId: idOf(paperIds, item.paper) };
}

function placeMedia(text: string, mediaIds: Ids): string {
  return text.replace(/\(media:([\w-]+)\)/g, (_match, name: string) => `(media:${idOf(mediaIds, name)})`);
}

function idOf(ids: Ids, name: string): string {
  const id = ids.get(name);
  if (id === undefined) throw new Error(`The sample content refers to ${name}, which does not exist`);
  return id;
}
