import { itemAsJson } from '../delivery/use-as-json.ts';

/** What can be featured, and the SQL names of the table and columns that hold its uses. */

export const FEATURED_KINDS = ['papers', 'people', 'tags', 'domains'] as const;
export type FeaturedKind = (typeof FEATURED_KINDS)[number];

export type UseTable = {
  table: string;
  /** Column that identifies what is featured. */
  key: string;
  /** Column that is unique among the uses in one issue: the id of the item, or of the issue if it has no item. */
  user: string;
  /** SQL that builds the item as JSON from a row with the alias `use`. */
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
