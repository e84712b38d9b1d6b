/** What is featured, and where its uses are stored: names of tables and columns, for statements. */

export const FEATURED_KINDS = ['papers', 'people', 'tags', 'domains'] as const;
export type FeaturedKind = (typeof FEATURED_KINDS)[number];

export type Source = {
  table: string;
  /** Column of what is featured */
  key: string;
  keyType: 'uuid' | 'text';
  /** Column that tells apart the uses in one issue: its item, or the issue where that is what features it. */
  user: string;
  /** The item as JSON, of a row that is called `use` */
  item: string;
};

const itemOf = (id: string) => `json_build_object('id', use.${id}, 'title', use.title, 'anchor', use.anchor)`;

export const SOURCES: Record<FeaturedKind, Source> = {
  papers: {
    ...{ table: 'published_papers', key: 'paper_id', keyType: 'uuid', user: 'item_id' },
    item: itemOf('item_id'),
  },
  people: {
    ...{ table: 'published_people', key: 'person_id', keyType: 'uuid', user: 'issue_id' },
    item: 'NULL::json',
  },
  tags: {
    ...{ table: 'published_tags', key: 'tag', keyType: 'text', user: 'carrier_id' },
    item: `CASE WHEN use.anchor IS NOT NULL THEN ${itemOf('carrier_id')} END`,
  },
  domains: {
    ...{ table: 'published_links', key: 'domain', keyType: 'text', user: 'item_id' },
    item: itemOf('item_id'),
  },
};

/** A time as the Content API writes it. */
export const timestampOf = (expression: string) =>
  `to_char(${expression} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
