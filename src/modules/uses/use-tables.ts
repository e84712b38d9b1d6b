import { itemAsJson } from '../delivery/use-as-json.ts';

/** What can be featured, and the table that holds its uses: names of tables and columns for SQL. */

export const FEATURED_KINDS = ['papers', 'people', 'tags', 'domains'] as const;
export type FeaturedKind = (typeof FEATURED_KINDS)[number];

export type UseTable = {
  table: string;
  /** Column of what is featured */
  key: string;
  /** Column that tells apart the uses in one issue: its item, or the issue where that is what features it. */
  user: string;
  /** The item as JSON, of a row that is called `use` */
  item: string;
};

export const USE_TABLES: Record<FeaturedKind, UseTable> = {
  papers: {
    table: 'published_papers',
    key: 'paper_id',
    user: 'item_id',
    item: itemAsJson('item_id'),
  },
  people: {
    table: 'published_people',
    key: 'person_id',
    user: 'issue_id',
    item: 'NULL::json',
  },
  tags: {
    table: 'published_tags',
    key: 'tag',
    user: 'carrier_id',
    item: `CASE WHEN use.anchor IS NOT NULL THEN ${itemAsJson('carrier_id')} END`,
  },
  domains: {
    table: 'published_links',
    key: 'domain',
    user: 'item_id',
    item: itemAsJson('item_id'),
  },
};
