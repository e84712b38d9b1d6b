-- The schema of Masthead, module by module in the order of their layers, so that a table follows those it refers to.
-- prisma/schema says what each table and column means. The comments here say why there is an index, and why there is
-- something that a Prisma schema cannot express.
--
-- tests/database/schema.test.ts compares this file with prisma/schema. Prisma's comparison covers tables, columns,
-- foreign keys and most indexes. It ignores CHECK constraints, triggers, functions, whether a constraint is deferrable,
-- indexes on expressions and the settings of columns, so each of these needs a test of what it does.
--
-- The names are those that Prisma gives; `npm run db:migration` would rename any other. An index without a comment is
-- unique, or serves a foreign key: PostgreSQL reads it when somebody deletes the row that the key refers to.

-- Indexes for searches by parts of words.
CREATE EXTENSION IF NOT EXISTS pg_trgm;
-- GIN indexes that hold a uuid beside words, so that one index finds the words of one newsletter.
CREATE EXTENSION IF NOT EXISTS btree_gin;

----------------------------------------------------------------------------------------------------------------------
-- Events
----------------------------------------------------------------------------------------------------------------------

CREATE TABLE events (
    id uuid PRIMARY KEY,
    type text NOT NULL,
    at timestamptz(3) NOT NULL,
    actor_kind text NOT NULL,
    actor_id uuid,
    actor_name text NOT NULL,
    newsletter_id uuid,
    issue_id uuid,
    subject_kind text NOT NULL,
    subject_id uuid NOT NULL,
    details jsonb NOT NULL DEFAULT '{}',
    position bigint
);

-- The list of events in the order of positions: all of them, or those that one filter selects. The filters' indexes
-- leave out events that have no position yet, so that recording an event writes to three indexes instead of five.
CREATE UNIQUE INDEX events_position_key ON events (position);
CREATE INDEX events_newsletter_id_position_idx ON events (newsletter_id, position) WHERE (position IS NOT NULL);
CREATE INDEX events_issue_id_position_idx ON events (issue_id, position) WHERE (position IS NOT NULL);
CREATE INDEX events_type_position_idx ON events (type, position) WHERE (position IS NOT NULL);

-- Each listing looks here for events that have no position yet.
CREATE INDEX events_without_position_idx ON events (at, id) WHERE (position IS NULL);

-- Every event is updated once, when it gets its position, and leaves a dead entry in the index above. So the table is
-- vacuumed after a fixed number of events, however large it is.
ALTER TABLE events SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 10000);

----------------------------------------------------------------------------------------------------------------------
-- Access
----------------------------------------------------------------------------------------------------------------------

CREATE TYPE role AS ENUM ('viewer', 'author', 'editor', 'admin');

CREATE TABLE api_keys (
    id uuid PRIMARY KEY,
    name text NOT NULL,
    role role NOT NULL,
    secret_hash text NOT NULL,
    is_bound boolean NOT NULL,
    newsletter_ids uuid[],
    expires_at timestamptz(3),
    created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    -- A secret that was stored by mistake is not a SHA-256 in hex.
    CONSTRAINT api_keys_secret_hash_check CHECK (secret_hash ~ '^[0-9a-f]{64}$')
);

-- Each request with a key looks it up by its hash.
CREATE UNIQUE INDEX api_keys_secret_hash_key ON api_keys (secret_hash);

----------------------------------------------------------------------------------------------------------------------
-- Newsletters
----------------------------------------------------------------------------------------------------------------------

CREATE TABLE newsletters (
    id uuid PRIMARY KEY,
    slug text NOT NULL,
    title text NOT NULL,
    tagline text,
    description text,
    language text NOT NULL,
    time_zone text NOT NULL,
    links jsonb NOT NULL DEFAULT '[]',
    site_url text,
    issue_url text,
    length_target integer,
    length_tolerance integer,
    section_template jsonb NOT NULL DEFAULT '[]',
    hold_overdue_after integer,
    revision integer NOT NULL DEFAULT 1,
    created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    -- Slugs are parts of URLs, here and below.
    CONSTRAINT newsletters_slug_check CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
    CONSTRAINT newsletters_revision_check CHECK (revision > 0)
);

CREATE UNIQUE INDEX newsletters_slug_key ON newsletters (slug);

----------------------------------------------------------------------------------------------------------------------
-- Papers
----------------------------------------------------------------------------------------------------------------------

CREATE TYPE paper_status AS ENUM ('preprint', 'published', 'corrected', 'retracted');
CREATE TYPE identifier_scheme AS ENUM ('arxiv', 'doi', 'openreview', 'semanticscholar', 'address');

CREATE TABLE papers (
    id uuid PRIMARY KEY,
    title text NOT NULL,
    work_key text NOT NULL DEFAULT '',
    authors jsonb NOT NULL DEFAULT '[]',
    has_more_authors boolean NOT NULL DEFAULT false,
    year integer,
    venue text,
    abstract text,
    licence text,
    results jsonb NOT NULL DEFAULT '[]',
    links jsonb NOT NULL DEFAULT '[]',
    statuses jsonb NOT NULL DEFAULT '[]',
    status paper_status,
    csl jsonb NOT NULL DEFAULT '{}',
    incomplete boolean NOT NULL DEFAULT false,
    complete_at timestamptz(3),
    complete_tries integer NOT NULL DEFAULT 0,
    revision integer NOT NULL DEFAULT 1,
    created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    -- The look-up of metadata stops when a paper is complete.
    CONSTRAINT papers_complete_at_check CHECK (incomplete OR complete_at IS NULL),
    CONSTRAINT papers_complete_tries_check CHECK (complete_tries >= 0),
    CONSTRAINT papers_revision_check CHECK (revision > 0)
);

-- An import recognizes a work without an identifier by its title and first author. The oldest match wins.
CREATE INDEX papers_work_key_idx ON papers (work_key, id) WHERE work_key <> '';
-- The next paper whose metadata are due for look-up.
CREATE INDEX papers_complete_at_idx ON papers (complete_at) WHERE complete_at IS NOT NULL;
-- Lists of the few papers that have a status, or are incomplete.
CREATE INDEX papers_status_idx ON papers (status, id) WHERE status IS NOT NULL;
CREATE INDEX papers_incomplete_idx ON papers (id) WHERE incomplete;

CREATE TABLE paper_identifiers (
    scheme identifier_scheme NOT NULL,
    value text NOT NULL,
    paper_id uuid NOT NULL REFERENCES papers ON DELETE CASCADE ON UPDATE CASCADE,
    version integer,
    position integer NOT NULL,

    -- An identifier names one paper.
    PRIMARY KEY (scheme, value),
    CONSTRAINT paper_identifiers_position_check CHECK (position >= 0),
    -- Only arXiv numbers its versions.
    CONSTRAINT paper_identifiers_version_check CHECK (version IS NULL OR (scheme = 'arxiv' AND version > 0))
);

-- The identifiers of a paper, in their order.
CREATE INDEX paper_identifiers_paper_id_position_idx ON paper_identifiers (paper_id, position);

CREATE TABLE merged_papers (
    id uuid PRIMARY KEY,
    paper_id uuid NOT NULL REFERENCES papers ON DELETE CASCADE ON UPDATE CASCADE,
    merged_at timestamptz(3) NOT NULL
);

CREATE INDEX merged_papers_paper_id_idx ON merged_papers (paper_id);

CREATE TYPE import_format AS ENUM ('bibtex', 'ris', 'csl-json', 'identifiers');
CREATE TYPE import_status AS ENUM ('queued', 'running', 'finished', 'failed');
CREATE TYPE import_outcome AS ENUM ('created', 'matched', 'refused');

CREATE TABLE paper_imports (
    id uuid PRIMARY KEY,
    format import_format NOT NULL,
    is_dry_run boolean NOT NULL,
    source text,
    status import_status NOT NULL DEFAULT 'queued',
    total integer NOT NULL,
    done integer NOT NULL DEFAULT 0,
    created integer NOT NULL DEFAULT 0,
    matched integer NOT NULL DEFAULT 0,
    refused integer NOT NULL DEFAULT 0,
    actor_id uuid,
    actor_name text NOT NULL,
    leased_until timestamptz(3),
    claim integer NOT NULL DEFAULT 0,
    tries integer NOT NULL DEFAULT 0,
    created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    finished_at timestamptz(3),

    CONSTRAINT paper_imports_finished_check CHECK ((finished_at IS NOT NULL) = (status IN ('finished', 'failed'))),
    -- The source is needed as long as the import runs, and may be large.
    CONSTRAINT paper_imports_source_check CHECK ((source IS NULL) = (finished_at IS NOT NULL)),
    -- Each record has one outcome.
    CONSTRAINT paper_imports_done_check CHECK (done <= total AND done = created + matched + refused)
);

-- The next import to claim, the oldest first.
CREATE INDEX paper_imports_open_idx ON paper_imports (created_at, id) WHERE finished_at IS NULL;
-- The sweep deletes imports that finished long ago.
CREATE INDEX paper_imports_finished_at_idx ON paper_imports (finished_at);

CREATE TABLE paper_import_records (
    import_id uuid NOT NULL REFERENCES paper_imports ON DELETE CASCADE ON UPDATE CASCADE,
    position integer NOT NULL,
    line integer NOT NULL,
    key text,
    title text,
    outcome import_outcome NOT NULL,
    paper_id uuid,
    faults jsonb NOT NULL DEFAULT '[]',
    filled text[],
    ignored text[],

    PRIMARY KEY (import_id, position)
);

CREATE TABLE metadata_sources (
    name text PRIMARY KEY,
    next_at timestamptz(3) NOT NULL,
    paused_until timestamptz(3)
);

CREATE TABLE metadata_answers (
    scheme text NOT NULL,
    value text NOT NULL,
    item jsonb,
    fetched_at timestamptz(3) NOT NULL,

    PRIMARY KEY (scheme, value)
);

-- The sweep deletes the oldest answers first.
CREATE INDEX metadata_answers_fetched_at_idx ON metadata_answers (fetched_at);

----------------------------------------------------------------------------------------------------------------------
-- Media
----------------------------------------------------------------------------------------------------------------------

-- One row, which the schema itself makes: a media storage belongs to one database and notes this id.
CREATE TABLE installation (
    id uuid PRIMARY KEY
);
INSERT INTO installation (id) VALUES (gen_random_uuid());

CREATE TABLE media_files (
    id uuid PRIMARY KEY,
    file_name text NOT NULL,
    mime_type text NOT NULL,
    size integer NOT NULL,
    width integer,
    height integer,
    frames integer,
    has_alpha boolean NOT NULL DEFAULT false,
    sha256 text NOT NULL,
    source_sha256 text,
    thumbhash text,
    placeholder text,
    variants_due_at timestamptz(3),
    variants_lease timestamptz(3),
    variants_tries integer NOT NULL DEFAULT 0,
    released_at timestamptz(3),
    created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT media_files_size_check CHECK (size > 0),
    CONSTRAINT media_files_dimensions_check CHECK (
        num_nonnulls(width, height) IN (0, 2) AND width > 0 AND height > 0 AND frames > 0
    ),
    CONSTRAINT media_files_sha256_check CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    CONSTRAINT media_files_source_sha256_check CHECK (source_sha256 ~ '^[0-9a-f]{64}$'),
    CONSTRAINT media_files_variants_tries_check CHECK (variants_tries >= 0)
);

CREATE UNIQUE INDEX media_files_file_name_key ON media_files (file_name);
-- An upload finds the file that holds the same bytes already, as they were uploaded or as they are stored. Only the
-- first is unique: two uploads may become the same bytes once their metadata are removed.
CREATE UNIQUE INDEX media_files_source_sha256_key ON media_files (source_sha256);
CREATE INDEX media_files_sha256_idx ON media_files USING hash (sha256);
-- The next file whose variants are due, and the files that the sweep may delete. Few files are either.
CREATE INDEX media_files_due_idx ON media_files (variants_due_at, id) WHERE variants_due_at IS NOT NULL;
CREATE INDEX media_files_released_idx ON media_files (released_at) WHERE released_at IS NOT NULL;

CREATE TABLE media_variants (
    file_name text PRIMARY KEY,
    file_id uuid NOT NULL REFERENCES media_files ON DELETE CASCADE ON UPDATE CASCADE,
    mime_type text NOT NULL,
    width integer NOT NULL,
    height integer NOT NULL,
    size integer NOT NULL,
    sha256 text NOT NULL,
    created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT media_variants_size_check CHECK (size > 0),
    CONSTRAINT media_variants_dimensions_check CHECK (width > 0 AND height > 0),
    CONSTRAINT media_variants_sha256_check CHECK (sha256 ~ '^[0-9a-f]{64}$')
);

CREATE INDEX media_variants_file_id_idx ON media_variants (file_id);

-- A generated column may only use immutable functions. PostgreSQL declares array_to_string stable, because it takes
-- arrays of every type; of an array of text it is immutable.
CREATE FUNCTION join_words(words text[]) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN array_to_string(words, ' ');

CREATE TABLE media (
    id uuid PRIMARY KEY,
    file_id uuid NOT NULL REFERENCES media_files ON DELETE RESTRICT ON UPDATE CASCADE,
    original_name text,
    alt text,
    caption text,
    credit_text text,
    credit_url text,
    credit_licence text,
    focal_x integer,
    focal_y integer,
    tags text[],
    language text,
    search_text text GENERATED ALWAYS AS (
        lower(
            coalesce(original_name, '') || ' ' || coalesce(alt, '') || ' ' || coalesce(caption, '') || ' '
            || coalesce(credit_text, '') || ' ' || coalesce(join_words(tags), '')
        )
    ) STORED,
    revision integer NOT NULL DEFAULT 1,
    created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    -- Percentages, both or neither.
    CONSTRAINT media_focal_point_check CHECK (
        num_nonnulls(focal_x, focal_y) IN (0, 2) AND focal_x BETWEEN 0 AND 100 AND focal_y BETWEEN 0 AND 100
    ),
    CONSTRAINT media_revision_check CHECK (revision > 0)
);

CREATE INDEX media_file_id_idx ON media (file_id);
-- The search and the filter by tag in the list of media.
CREATE INDEX media_search_text_idx ON media USING gin (search_text gin_trgm_ops);
CREATE INDEX media_tags_idx ON media USING gin (tags);

----------------------------------------------------------------------------------------------------------------------
-- People
----------------------------------------------------------------------------------------------------------------------

CREATE TABLE people (
    id uuid PRIMARY KEY,
    slug text NOT NULL,
    name text NOT NULL,
    bio text,
    links jsonb NOT NULL DEFAULT '[]',
    avatar_id uuid REFERENCES media ON DELETE RESTRICT ON UPDATE CASCADE,
    revision integer NOT NULL DEFAULT 1,
    created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT people_slug_check CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
    CONSTRAINT people_revision_check CHECK (revision > 0)
);

CREATE UNIQUE INDEX people_slug_key ON people (slug);
CREATE INDEX people_avatar_id_idx ON people (avatar_id);

----------------------------------------------------------------------------------------------------------------------
-- Issues
----------------------------------------------------------------------------------------------------------------------

CREATE TYPE issue_status AS ENUM ('draft', 'scheduled', 'published');
CREATE TYPE item_kind AS ENUM ('note', 'link', 'paper', 'tool', 'media', 'promo');
CREATE TYPE figure_place AS ENUM ('cover', 'item', 'body');

CREATE TABLE issues (
    id uuid PRIMARY KEY,
    newsletter_id uuid NOT NULL REFERENCES newsletters ON DELETE RESTRICT ON UPDATE CASCADE,
    number integer NOT NULL,
    slug text NOT NULL,
    title text NOT NULL DEFAULT '',
    subtitle text,
    intro text,
    sign_off text,
    coverage_from date,
    coverage_to date,
    tags text[],
    status issue_status NOT NULL DEFAULT 'draft',
    revision integer NOT NULL DEFAULT 1,
    scheduled_at timestamptz(3),
    scheduled_local text,
    scheduled_time_zone text,
    created_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    updated_at timestamptz(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    -- A URL names an issue by its number, by its slug or as "latest", so a slug is neither of the other two.
    CONSTRAINT issues_slug_check
        CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND slug !~ '^[0-9]+$' AND slug <> 'latest'),
    CONSTRAINT issues_number_check CHECK (number > 0),
    CONSTRAINT issues_revision_check CHECK (revision > 0),
    CONSTRAINT issues_coverage_check CHECK (coverage_from <= coverage_to),
    -- The schedule is in this row alone. A scheduled issue without a time would never be published, and an issue that
    -- kept its time would be published again.
    CONSTRAINT issues_schedule_check CHECK (
        num_nonnulls(scheduled_at, scheduled_local, scheduled_time_zone)
        = CASE WHEN status = 'scheduled' THEN 3 ELSE 0 END
    )
);

CREATE UNIQUE INDEX issues_newsletter_id_number_key ON issues (newsletter_id, number);
CREATE UNIQUE INDEX issues_newsletter_id_slug_key ON issues (newsletter_id, slug);
-- The list of a newsletter's issues of one status, by number.
CREATE INDEX issues_newsletter_id_status_number_idx ON issues (newsletter_id, status, number);
-- The schedule: what is due in any newsletter, and what each newsletter has to publish first.
CREATE INDEX issues_due_idx ON issues (scheduled_at, id) WHERE scheduled_at IS NOT NULL;
CREATE INDEX issues_next_due_idx ON issues (newsletter_id, scheduled_at) WHERE scheduled_at IS NOT NULL;

CREATE TABLE issue_authors (
    issue_id uuid NOT NULL REFERENCES issues ON DELETE CASCADE ON UPDATE CASCADE,
    position integer NOT NULL,
    person_id uuid NOT NULL REFERENCES people ON DELETE RESTRICT ON UPDATE CASCADE,

    PRIMARY KEY (issue_id, person_id),
    CONSTRAINT issue_authors_position_check CHECK (position >= 0)
);

CREATE INDEX issue_authors_person_id_idx ON issue_authors (person_id);

-- One UPDATE renumbers the positions of sections, and of items, and two rows share a position while it runs. PostgreSQL
-- checks a unique index row by row, and a deferrable constraint at the end of the statement.
CREATE TABLE sections (
    id uuid PRIMARY KEY,
    issue_id uuid NOT NULL REFERENCES issues ON DELETE CASCADE ON UPDATE CASCADE,
    position integer NOT NULL,
    title text NOT NULL,
    emoji text,
    intro text,

    CONSTRAINT sections_issue_id_position_key UNIQUE (issue_id, position) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT sections_position_check CHECK (position >= 0)
);

CREATE TABLE items (
    id uuid PRIMARY KEY,
    section_id uuid NOT NULL REFERENCES sections ON DELETE CASCADE ON UPDATE CASCADE,
    position integer NOT NULL,
    kind item_kind NOT NULL,
    title text NOT NULL DEFAULT '',
    body text,
    links jsonb NOT NULL DEFAULT '[]',
    tags text[],
    paper_id uuid REFERENCES papers ON DELETE RESTRICT ON UPDATE CASCADE,
    anchor text,

    CONSTRAINT items_section_id_position_key UNIQUE (section_id, position) DEFERRABLE INITIALLY IMMEDIATE,
    CONSTRAINT items_position_check CHECK (position >= 0),
    -- Only an item of kind paper features a paper.
    CONSTRAINT items_paper_check CHECK (paper_id IS NULL OR kind = 'paper')
);

CREATE INDEX items_paper_id_idx ON items (paper_id);

CREATE TABLE figures (
    id uuid PRIMARY KEY,
    issue_id uuid NOT NULL REFERENCES issues ON DELETE CASCADE ON UPDATE CASCADE,
    section_id uuid REFERENCES sections ON DELETE CASCADE ON UPDATE CASCADE,
    item_id uuid REFERENCES items ON DELETE CASCADE ON UPDATE CASCADE,
    place figure_place NOT NULL,
    position integer NOT NULL,
    media_id uuid NOT NULL REFERENCES media ON DELETE RESTRICT ON UPDATE CASCADE,
    alt text,
    caption text,
    credit jsonb,

    CONSTRAINT figures_position_check CHECK (position >= 0),
    -- The cover belongs to the issue, and a listed figure to its item.
    CONSTRAINT figures_place_check CHECK (
        CASE place
            WHEN 'cover' THEN num_nonnulls(section_id, item_id) = 0
            WHEN 'item' THEN item_id IS NOT NULL
            ELSE true
        END
    )
);

-- An issue has one cover.
CREATE UNIQUE INDEX figures_cover_key ON figures (issue_id) WHERE place = 'cover';
CREATE INDEX figures_issue_id_idx ON figures (issue_id);
CREATE INDEX figures_section_id_idx ON figures (section_id);
CREATE INDEX figures_item_id_idx ON figures (item_id);
CREATE INDEX figures_media_id_idx ON figures (media_id);

----------------------------------------------------------------------------------------------------------------------
-- Publishing: editions, and the index of those that are live
----------------------------------------------------------------------------------------------------------------------

CREATE TABLE editions (
    id uuid PRIMARY KEY,
    issue_id uuid NOT NULL REFERENCES issues ON DELETE CASCADE ON UPDATE CASCADE,
    version integer NOT NULL,
    revision integer NOT NULL,
    document text NOT NULL,
    summary text NOT NULL,
    hash text NOT NULL,
    published_at timestamptz(3) NOT NULL,

    CONSTRAINT editions_version_check CHECK (version > 0),
    CONSTRAINT editions_revision_check CHECK (revision > 0),
    CONSTRAINT editions_hash_check CHECK (hash ~ '^[0-9a-f]{64}$')
);

CREATE UNIQUE INDEX editions_issue_id_version_key ON editions (issue_id, version);

-- An edition records what readers saw, so no code may change it. It is deleted with its issue.
CREATE FUNCTION refuse_edition_update() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'An edition never changes: publish the issue again to make the next version.'
        USING ERRCODE = 'restrict_violation', TABLE = TG_TABLE_NAME;
END;
$$;
CREATE TRIGGER editions_refuse_update BEFORE UPDATE ON editions
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_edition_update();

CREATE TABLE publications (
    issue_id uuid PRIMARY KEY REFERENCES issues ON DELETE RESTRICT ON UPDATE CASCADE,
    edition_id uuid NOT NULL REFERENCES editions ON DELETE RESTRICT ON UPDATE CASCADE,
    newsletter_id uuid NOT NULL REFERENCES newsletters ON DELETE RESTRICT ON UPDATE CASCADE,
    number integer NOT NULL,
    slug text NOT NULL,
    title text NOT NULL,
    tags text[],
    published_at timestamptz(3) NOT NULL,

    CONSTRAINT publications_slug_check
        CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND slug !~ '^[0-9]+$' AND slug <> 'latest'),
    CONSTRAINT publications_number_check CHECK (number > 0)
);

CREATE UNIQUE INDEX publications_edition_id_key ON publications (edition_id);
-- Two live issues of a newsletter never share an address.
CREATE UNIQUE INDEX publications_newsletter_id_number_key ON publications (newsletter_id, number);
CREATE UNIQUE INDEX publications_newsletter_id_slug_key ON publications (newsletter_id, slug);
-- The archive of a newsletter, newest first, and the neighbours of an issue in it.
CREATE INDEX publications_newsletter_id_published_at_number_idx ON publications (newsletter_id, published_at, number);
-- The newest issue of all newsletters. The index is on an expression, so that the planner does not use it to find the
-- newest issue of one newsletter: it would read past all that other newsletters published since.
CREATE INDEX publications_newest_idx ON publications ((published_at AT TIME ZONE 'UTC'), number);

-- What a live edition contains, in the tables below. Each repeats where and when it was published, so that the newest
-- uses of one paper, link, tag or person are one range of an index, however long the archive is.

CREATE TABLE published_papers (
    issue_id uuid NOT NULL REFERENCES publications ON DELETE CASCADE ON UPDATE CASCADE,
    item_id uuid NOT NULL,
    paper_id uuid NOT NULL REFERENCES papers ON DELETE RESTRICT ON UPDATE CASCADE,
    title text NOT NULL,
    anchor text NOT NULL,
    newsletter_id uuid NOT NULL,
    published_at timestamptz(3) NOT NULL,
    number integer NOT NULL,

    PRIMARY KEY (issue_id, item_id)
);

-- The uses of a paper, newest first: in all newsletters, and in one.
CREATE INDEX published_papers_paper_id_published_at_number_item_id_idx
    ON published_papers (paper_id, published_at DESC, number DESC, item_id);
CREATE INDEX published_papers_of_newsletter_idx
    ON published_papers (newsletter_id, paper_id, published_at DESC, number DESC, item_id);

CREATE TABLE published_links (
    issue_id uuid NOT NULL REFERENCES publications ON DELETE CASCADE ON UPDATE CASCADE,
    position integer NOT NULL,
    item_id uuid NOT NULL,
    url text NOT NULL,
    -- A B-tree takes no URL of 2,000 characters, so it holds a hash. Not md5, which a server in FIPS mode refuses:
    -- https://www.postgresql.org/docs/current/functions-binarystring.html
    url_key bigint GENERATED ALWAYS AS (hashtextextended(url, 0)) STORED,
    domain text,
    title text NOT NULL,
    anchor text NOT NULL,
    newsletter_id uuid NOT NULL,
    published_at timestamptz(3) NOT NULL,
    number integer NOT NULL,

    PRIMARY KEY (issue_id, position),
    CONSTRAINT published_links_position_check CHECK (position >= 0)
);

-- Whether a newsletter featured a link before.
CREATE INDEX published_links_newsletter_id_url_key_published_at_number_idx
    ON published_links (newsletter_id, url_key, published_at, number);
-- The uses of a domain, newest first: in all newsletters, and in one.
CREATE INDEX published_links_domain_published_at_number_item_id_idx
    ON published_links (domain, published_at DESC, number DESC, item_id);
CREATE INDEX published_links_domain_of_newsletter_idx
    ON published_links (newsletter_id, domain, published_at DESC, number DESC, item_id);

CREATE TABLE published_tags (
    issue_id uuid NOT NULL REFERENCES publications ON DELETE CASCADE ON UPDATE CASCADE,
    tag text NOT NULL,
    carrier_id uuid NOT NULL,
    title text,
    anchor text,
    newsletter_id uuid NOT NULL,
    published_at timestamptz(3) NOT NULL,
    number integer NOT NULL,

    PRIMARY KEY (issue_id, tag, carrier_id),
    -- A tag belongs to an item, which has a title and an anchor, or to the issue itself.
    CONSTRAINT published_tags_item_check CHECK (
        num_nonnulls(title, anchor) = CASE carrier_id WHEN issue_id THEN 0 ELSE 2 END
    )
);

-- The uses of a tag, newest first: in all newsletters, and in one.
CREATE INDEX published_tags_tag_published_at_number_carrier_id_idx
    ON published_tags (tag, published_at DESC, number DESC, carrier_id);
CREATE INDEX published_tags_of_newsletter_idx
    ON published_tags (newsletter_id, tag, published_at DESC, number DESC, carrier_id);

CREATE TABLE published_people (
    issue_id uuid NOT NULL REFERENCES publications ON DELETE CASCADE ON UPDATE CASCADE,
    person_id uuid NOT NULL REFERENCES people ON DELETE CASCADE ON UPDATE CASCADE,
    newsletter_id uuid NOT NULL,
    published_at timestamptz(3) NOT NULL,
    number integer NOT NULL,

    PRIMARY KEY (issue_id, person_id)
);

-- The issues of an author, newest first: in all newsletters, and in one.
CREATE INDEX published_people_person_id_published_at_number_issue_id_idx
    ON published_people (person_id, published_at DESC, number DESC, issue_id);
CREATE INDEX published_people_of_newsletter_idx
    ON published_people (newsletter_id, person_id, published_at DESC, number DESC, issue_id);

CREATE TABLE publication_tags (
    issue_id uuid NOT NULL REFERENCES publications ON DELETE CASCADE ON UPDATE CASCADE,
    tag text NOT NULL,
    newsletter_id uuid NOT NULL,
    published_at timestamptz(3) NOT NULL,
    number integer NOT NULL,

    PRIMARY KEY (issue_id, tag)
);

-- The archive of a tag in a newsletter.
CREATE INDEX publication_tags_newsletter_id_tag_published_at_number_idx
    ON publication_tags (newsletter_id, tag, published_at, number);

CREATE TABLE published_media (
    issue_id uuid NOT NULL REFERENCES publications ON DELETE CASCADE ON UPDATE CASCADE,
    media_id uuid NOT NULL REFERENCES media ON DELETE RESTRICT ON UPDATE CASCADE,
    file_id uuid NOT NULL REFERENCES media_files ON DELETE RESTRICT ON UPDATE CASCADE,

    PRIMARY KEY (issue_id, media_id)
);

CREATE INDEX published_media_media_id_idx ON published_media (media_id);
CREATE INDEX published_media_file_id_idx ON published_media (file_id);

CREATE TYPE change_type AS ENUM ('published', 'corrected', 'withdrawn', 'paper_status');

CREATE TABLE publication_changes (
    newsletter_id uuid NOT NULL REFERENCES newsletters ON DELETE CASCADE ON UPDATE CASCADE,
    position bigint NOT NULL,
    type change_type NOT NULL,
    issue_id uuid NOT NULL,
    edition_id uuid NOT NULL,
    version integer NOT NULL,
    number integer NOT NULL,
    slug text NOT NULL,
    former_number integer,
    former_slug text,
    at timestamptz(3) NOT NULL,

    PRIMARY KEY (newsletter_id, position),
    CONSTRAINT publication_changes_position_check CHECK (position > 0),
    -- Only a correction moves an issue to another address.
    CONSTRAINT publication_changes_former_check CHECK (
        num_nonnulls(former_number, former_slug) = 0
        OR (num_nonnulls(former_number, former_slug) = 2 AND type = 'corrected')
    )
);

CREATE TABLE publication_logs (
    newsletter_id uuid PRIMARY KEY REFERENCES newsletters ON DELETE CASCADE ON UPDATE CASCADE,
    last_position bigint NOT NULL
);

----------------------------------------------------------------------------------------------------------------------
-- Publishing: what a search reads
----------------------------------------------------------------------------------------------------------------------

-- The text of which PostgreSQL makes words. Its parser takes a URL, a path or a name like node.js for one word, skips
-- what looks like an HTML tag and everything after <script>, and in the C locale knows only ASCII punctuation. So
-- punctuation becomes spaces here. Scripts that do not put spaces between words are split into characters, and so is
-- Hangul, which puts them around more than a word: a run of characters is then found as a phrase.
CREATE FUNCTION search_text(value text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN regexp_replace(
        regexp_replace(
            translate(CASE WHEN value IS NFC NORMALIZED THEN value ELSE normalize(value, NFC) END, U&'\00AD', ''),
            '[<>&/\\|\u00A0-\u00A9\u00AB-\u00B1\u00B4\u00B6-\u00B8\u00BB\u00BF\u00D7\u00F7\u037E\u0387\u055A-\u055F\u0589\u05BE\u05C0\u05C3\u05F3\u05F4\u060C\u061B\u061F\u066A-\u066D\u06D4\u0964\u0965\u2000-\u200B\u200E-\u206F\u20A0-\u20CF\u2190-\u2BFF\u2E00-\u2E7F\u3000-\u3004\u3008-\u3020\u3030\u303D-\u303F\u30FB\uE000-\uF8FF\uFE00-\uFE6F\uFF01-\uFF0F\uFF1A-\uFF20\uFF3B-\uFF40\uFF5B-\uFF65\uFFE0-\uFFFF\U0001F000-\U0001FAFF\U000E0000-\U0010FFFF]+|(?<=[[:alpha:]])\.(?=[[:alpha:]])',
            ' ', 'g'
        ),
        '([\u0E00-\u109F\u1780-\u17FF\u2E80-\u2FFF\u3005-\u3007\u3021-\u3029\u3031-\u3035\u3040-\u30FA\u30FC-\u312F\u3400-\u4DBF\u4E00-\uA4CF\uAC00-\uD7AF\uF900-\uFAFF\uFF66-\uFFDF\U00020000-\U0003FFFF])',
        E'\x1f\\1\x1f', 'g'
    );

-- The same for highlighting: punctuation stays, as words of its own between U+001F, which the caller removes.
CREATE FUNCTION headline_text(value text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN regexp_replace(
        translate(
            CASE WHEN value IS NFC NORMALIZED THEN value ELSE normalize(value, NFC) END,
            U&'\0001\0002\001F\00AD', ''
        ),
        '([<>&/\\|\u00A0-\u00A9\u00AB-\u00B1\u00B4\u00B6-\u00B8\u00BB\u00BF\u00D7\u00F7\u037E\u0387\u055A-\u055F\u0589\u05BE\u05C0\u05C3\u05F3\u05F4\u060C\u061B\u061F\u066A-\u066D\u06D4\u0964\u0965\u2000-\u200B\u200E-\u206F\u20A0-\u20CF\u2190-\u2BFF\u2E00-\u2E7F\u3000-\u3004\u3008-\u3020\u3030\u303D-\u303F\u30FB\uE000-\uF8FF\uFE00-\uFE6F\uFF01-\uFF0F\uFF1A-\uFF20\uFF3B-\uFF40\uFF5B-\uFF65\uFFE0-\uFFFF\U0001F000-\U0001FAFF\U000E0000-\U0010FFFF\u0E00-\u109F\u1780-\u17FF\u2E80-\u2FFF\u3005-\u3007\u3021-\u3029\u3031-\u3035\u3040-\u30FA\u30FC-\u312F\u3400-\u4DBF\u4E00-\uA4CF\uAC00-\uD7AF\uF900-\uFAFF\uFF66-\uFFDF\U00020000-\U0003FFFF]|(?<=[[:alpha:]])\.(?=[[:alpha:]]))',
        E'\x1f\\1\x1f', 'g'
    );

-- A generated column may only use immutable functions. The cast to regconfig is declared stable, because a name could
-- come to mean another configuration; those that ship with PostgreSQL keep their names.
CREATE FUNCTION search_document(config text, heading_weight "char", heading text, body text, names text)
    RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN setweight(to_tsvector(config::regconfig, search_text(heading)), heading_weight)
        || setweight(to_tsvector(config::regconfig, search_text(body)), 'C')
        || setweight(to_tsvector(config::regconfig, search_text(names)), 'D');

CREATE TABLE published_texts (
    issue_id uuid NOT NULL REFERENCES publications ON DELETE CASCADE ON UPDATE CASCADE,
    position integer NOT NULL,
    newsletter_id uuid NOT NULL,
    published_at timestamptz(3) NOT NULL,
    year integer NOT NULL,
    item_id uuid,
    anchor text,
    tags text[],
    config text NOT NULL,
    title text NOT NULL,
    body text NOT NULL,
    authors text NOT NULL,
    document tsvector GENERATED ALWAYS AS (
        search_document(config, CASE position WHEN 0 THEN 'A' ELSE 'B' END::"char", title, body, authors)
    ) STORED,

    PRIMARY KEY (issue_id, position),
    CONSTRAINT published_texts_position_check CHECK (position >= 0),
    -- Position 0 has the texts of the issue itself, and every other position an item.
    CONSTRAINT published_texts_item_check CHECK (
        num_nonnulls(item_id, anchor) = CASE position WHEN 0 THEN 0 ELSE 2 END
    )
);

-- A search for a common word reads the document row by row, so it stays in the row, and the body is moved out instead.
ALTER TABLE published_texts ALTER COLUMN document SET STORAGE MAIN;

-- A search for a common word walks the texts from the newest: of one newsletter, or of all.
CREATE INDEX published_texts_of_newsletter_idx ON published_texts (newsletter_id, published_at, issue_id, position);
CREATE INDEX published_texts_of_all_idx ON published_texts (published_at, issue_id, position);
-- A search for a rare word reads the index of words. It also reads the whole pending list of the index, so that is
-- kept short here and below: 512 kB are read in less than a millisecond.
CREATE INDEX published_texts_words_idx
    ON published_texts USING gin (newsletter_id uuid_ops, tags, document tsvector_ops)
    WITH (gin_pending_list_limit = 512);

CREATE TABLE published_configs (
    newsletter_id uuid NOT NULL REFERENCES newsletters ON DELETE CASCADE ON UPDATE CASCADE,
    config text NOT NULL,

    PRIMARY KEY (newsletter_id, config)
);

CREATE TABLE published_words (
    newsletter_id uuid NOT NULL REFERENCES newsletters ON DELETE CASCADE ON UPDATE CASCADE,
    -- In this collation words with the same beginning are neighbours in the primary key, whatever the locale.
    word text COLLATE "C" NOT NULL,

    PRIMARY KEY (newsletter_id, word)
);

-- The words that resemble a mistyped one.
CREATE INDEX published_words_trigrams_idx
    ON published_words USING gin (newsletter_id uuid_ops, word gin_trgm_ops)
    WITH (gin_pending_list_limit = 512);

----------------------------------------------------------------------------------------------------------------------
-- Publishing: what the planner assumes
----------------------------------------------------------------------------------------------------------------------

-- The planner makes a plan for the average newsletter, paper, tag, person or domain. Where most of them have few rows,
-- that plan reads and sorts all rows of a large one, of which a page of the index is enough. These settings make it
-- plan for a large one; a small one loses nothing.
-- n_distinct: https://www.postgresql.org/docs/current/sql-altertable.html
ALTER TABLE publications
    ALTER COLUMN newsletter_id SET (n_distinct = 2);
ALTER TABLE publication_tags
    ALTER COLUMN newsletter_id SET (n_distinct = 2),
    ALTER COLUMN tag SET (n_distinct = 2);
ALTER TABLE published_papers
    ALTER COLUMN newsletter_id SET (n_distinct = 2),
    ALTER COLUMN paper_id SET (n_distinct = 10);
ALTER TABLE published_links
    ALTER COLUMN newsletter_id SET (n_distinct = 2),
    ALTER COLUMN domain SET (n_distinct = 10);
ALTER TABLE published_tags
    ALTER COLUMN newsletter_id SET (n_distinct = 2),
    ALTER COLUMN tag SET (n_distinct = 10);
ALTER TABLE published_people
    ALTER COLUMN newsletter_id SET (n_distinct = 2),
    ALTER COLUMN person_id SET (n_distinct = 10);
ALTER TABLE publication_changes
    ALTER COLUMN newsletter_id SET (n_distinct = 2);
