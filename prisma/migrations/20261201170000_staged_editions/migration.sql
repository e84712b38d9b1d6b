-- Editions that are composed before they go live. Nodes of the previous release do not use the table.
CREATE TABLE staged_editions (
    issue_id uuid PRIMARY KEY REFERENCES issues (id) ON DELETE CASCADE ON UPDATE CASCADE,
    newsletter_id uuid NOT NULL,
    fingerprint text NOT NULL,
    edition_id uuid NOT NULL,
    version integer NOT NULL,
    revision integer NOT NULL,
    number integer NOT NULL,
    slug text NOT NULL,
    title text NOT NULL,
    tags text[],
    document text NOT NULL,
    summary text NOT NULL,
    hash text NOT NULL,
    published_at timestamptz(3) NOT NULL,
    updated_at timestamptz(3) NOT NULL,
    year integer NOT NULL,
    config text NOT NULL,
    uses jsonb NOT NULL,
    texts jsonb NOT NULL,
    live_at timestamptz(3)
);

-- Live editions whose texts cannot be searched yet.
CREATE INDEX staged_editions_live_idx ON staged_editions (live_at) WHERE live_at IS NOT NULL;

-- Null for issues that 0.1.0 has published. Readers then take the position from `published_texts`. Filling it in here would
-- lock out readers for as long as it takes.
ALTER TABLE published_papers ADD COLUMN position integer;
