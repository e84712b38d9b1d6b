import { toEditionText } from '../../src/modules/publications/edition/edition-content.ts';
import { domainOf } from '../../src/modules/publications/index/domain.ts';
import type { EditionDocument } from '../../src/modules/publishing/editions/edition-schemas.ts';
import type { Row } from './copy-rows.ts';
import type { FilledPaper } from './papers.ts';
import { type FillPlan, idOf } from './plan.ts';

/** How to make the rows of one table from a `T`. */
export type Filling<T> = { table: string; columns: string; rowsOf(source: T): Row[] };

export const OF_PAPER: Filling<{ paper: FilledPaper; at: Date }> = {
  table: 'papers',
  columns: 'id, title, authors, year, created_at, updated_at',
  rowsOf: ({ paper: { id, title, authors, year }, at }) => [
    [id, title, JSON.stringify(authors), year, at, at],
  ],
};

/** An issue as its first publication stores it. */
export type Published = {
  plan: FillPlan;
  index: number;
  newsletterId: string;
  document: EditionDocument;
};

/** The revision is 1 after creation and is raised by the publication. */
const REVISION = 2;

/** Each table follows the tables that it references. */
export const OF_ISSUE: readonly Filling<Published>[] = [
  {
    table: 'issues',
    columns: 'id, newsletter_id, number, slug, title, intro, tags, status, revision, created_at, updated_at',
    rowsOf: ({ newsletterId, document: { id, number, slug, title, intro, tags, publishedAt: at } }) => [
      [id, newsletterId, number, slug, title, intro?.markdown, tags, 'published', REVISION, at, at],
    ],
  },
  {
    table: 'sections',
    columns: 'id, issue_id, position, title',
    rowsOf: ({ document }) =>
      document.sections.map(({ id, title }, position) => [id, document.id, position, title]),
  },
  {
    table: 'items',
    columns: 'id, section_id, position, kind, title, body, links, tags, paper_id, anchor',
    rowsOf: ({ document }) =>
      document.sections.flatMap((section) =>
        section.items.map(({ id, kind, title, body, links, tags, paper, anchor }, position) => [
          ...[id, section.id, position, kind, title, body?.markdown, JSON.stringify(links), tags, paper?.id],
          anchor,
        ]),
      ),
  },
  {
    table: 'editions',
    columns: 'id, issue_id, version, revision, document, summary, hash, published_at',
    rowsOf: (published) => [rowOfEdition(published)],
  },
  {
    table: 'publications',
    columns: 'issue_id, edition_id, newsletter_id, number, slug, title, tags, published_at',
    rowsOf: ({ plan, index, newsletterId, document: { id, number, slug, title, tags, publishedAt } }) => [
      [id, idOf(plan, 'edition', index), newsletterId, number, slug, title, tags, publishedAt],
    ],
  },
  {
    table: 'publication_tags',
    columns: 'tag, issue_id, newsletter_id, published_at, number',
    rowsOf: (published) => published.document.tags.map((tag) => [tag, ...placeOf(published)]),
  },
  {
    table: 'published_tags',
    columns: 'tag, carrier_id, title, anchor, issue_id, newsletter_id, published_at, number',
    rowsOf: (published) => [
      ...published.document.tags.map((tag) => [
        tag,
        published.document.id,
        null,
        null,
        ...placeOf(published),
      ]),
      ...itemsOf(published).flatMap(({ id, tags, title, anchor }) =>
        tags.map((tag) => [tag, id, title, anchor, ...placeOf(published)]),
      ),
    ],
  },
  {
    table: 'published_papers',
    columns: 'item_id, paper_id, title, anchor, position, issue_id, newsletter_id, published_at, number',
    rowsOf: (published) =>
      itemsOf(published).flatMap(({ id, paper, title, anchor }, index) =>
        paper ? [[id, paper.id, title, anchor, index + 1, ...placeOf(published)]] : [],
      ),
  },
  {
    table: 'published_links',
    columns: 'position, item_id, url, domain, title, anchor, issue_id, newsletter_id, published_at, number',
    rowsOf: (published) =>
      itemsOf(published)
        .flatMap(({ id, title, anchor, links }) =>
          links.map(({ url }) => [id, url, domainOf(url), title, anchor]),
        )
        .map((link, position) => [position, ...link, ...placeOf(published)]),
  },
  {
    table: 'published_texts',
    columns:
      'issue_id, position, newsletter_id, published_at, year, item_id, anchor, tags, config, title, body, authors',
    rowsOf: (published) => rowsOfTexts(published),
  },
  {
    table: 'publication_changes',
    columns: 'newsletter_id, position, type, issue_id, edition_id, version, number, slug, at',
    rowsOf: ({ plan, index, newsletterId, document: { id, edition, number, slug, publishedAt } }) => [
      [
        ...[newsletterId, index + 1, 'published', id, idOf(plan, 'edition', index), edition, number, slug],
        publishedAt,
      ],
    ],
  },
  {
    table: 'events',
    columns:
      'id, type, at, actor_kind, actor_name, newsletter_id, issue_id, subject_kind, subject_id, details',
    rowsOf: (published) => [rowOfEvent(published)],
  },
];

function rowOfEdition({ plan, index, document: edition }: Published): Row {
  const {
    newsletter: _newsletter,
    intro: _intro,
    sections: _sections,
    signOff: _signOff,
    ...summary
  } = edition;
  const { text, hash } = toEditionText(edition);
  return [
    ...[idOf(plan, 'edition', index), edition.id, edition.edition, REVISION],
    ...[text, JSON.stringify(summary), hash, edition.publishedAt],
  ];
}

function placeOf({ newsletterId, document: { id, publishedAt, number } }: Published): Row {
  return [id, newsletterId, publishedAt, number];
}

function itemsOf({ document }: Published) {
  return document.sections.flatMap((section) => section.items);
}

/** One row for the texts of the issue itself, then one for each item. */
function rowsOfTexts(published: Published): Row[] {
  const { newsletterId, document } = published;
  const { id, publishedAt, tags, title, intro, sections } = document;
  const place = (position: number): Row => [
    ...[id, position, newsletterId, publishedAt, new Date(publishedAt).getUTCFullYear()],
  ];
  const ownBody = [intro?.markdown, ...sections.map((section) => section.title)].join('\n');
  return [
    [...place(0), null, null, tags, 'english', title, ownBody, ''],
    ...itemsOf(published).map((item, index) => {
      const body = [item.body?.markdown, item.paper?.title].join('\n');
      const authors = (item.paper?.authors ?? []).map(({ name }) => name).join(', ');
      return [...place(index + 1), item.id, item.anchor, tags, 'english', item.title, body, authors];
    }),
  ];
}

function rowOfEvent({ plan, index, newsletterId, document: { id, number, publishedAt } }: Published): Row {
  const details = { edition: 1, editionId: idOf(plan, 'edition', index), number };
  return [
    ...[idOf(plan, 'event', index), 'issue.published', publishedAt, 'system', 'fill', newsletterId, id],
    ...['issue', id, JSON.stringify(details)],
  ];
}
