-- An index of words that also holds whose they are, and one of tags with them.
CREATE EXTENSION IF NOT EXISTS btree_gin;

-- PostgreSQL's parser makes one word of an address, a path or a name like node.js, skips what it takes for a tag, and
-- all that follows <script>. Where the locale is C it knows the marks of ASCII alone. So marks become spaces here.
-- Scripts that put no spaces between words, and Hangul, which puts them around more than a word, are taken
-- character by character: a run of them is found as a phrase.
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

-- The same for showing: the marks stay, each as a word of its own, and U+001F is for the reader to take out.
CREATE FUNCTION headline_text(value text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN regexp_replace(
        translate(
            CASE WHEN value IS NFC NORMALIZED THEN value ELSE normalize(value, NFC) END,
            U&'\0001\0002\001F\00AD', ''
        ),
        '([<>&/\\|\u00A0-\u00A9\u00AB-\u00B1\u00B4\u00B6-\u00B8\u00BB\u00BF\u00D7\u00F7\u037E\u0387\u055A-\u055F\u0589\u05BE\u05C0\u05C3\u05F3\u05F4\u060C\u061B\u061F\u066A-\u066D\u06D4\u0964\u0965\u2000-\u200B\u200E-\u206F\u20A0-\u20CF\u2190-\u2BFF\u2E00-\u2E7F\u3000-\u3004\u3008-\u3020\u3030\u303D-\u303F\u30FB\uE000-\uF8FF\uFE00-\uFE6F\uFF01-\uFF0F\uFF1A-\uFF20\uFF3B-\uFF40\uFF5B-\uFF65\uFFE0-\uFFFF\U0001F000-\U0001FAFF\U000E0000-\U0010FFFF\u0E00-\u109F\u1780-\u17FF\u2E80-\u2FFF\u3005-\u3007\u3021-\u3029\u3031-\u3035\u3040-\u30FA\u30FC-\u312F\u3400-\u4DBF\u4E00-\uA4CF\uAC00-\uD7AF\uF900-\uFAFF\uFF66-\uFFDF\U00020000-\U0003FFFF]|(?<=[[:alpha:]])\.(?=[[:alpha:]]))',
        E'\x1f\\1\x1f', 'g'
    );

-- The names of the configurations are PostgreSQL's own and mean the same tomorrow, which the cast does not know.
CREATE FUNCTION search_document(config text, heading_weight "char", heading text, body text, names text)
    RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN setweight(to_tsvector(config::regconfig, search_text(heading)), heading_weight)
        || setweight(to_tsvector(config::regconfig, search_text(body)), 'C')
        || setweight(to_tsvector(config::regconfig, search_text(names)), 'D');

-- CreateTable
CREATE TABLE "published_texts" (
    "issue_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "newsletter_id" UUID NOT NULL,
    "published_at" TIMESTAMPTZ(3) NOT NULL,
    "year" INTEGER NOT NULL,
    "item_id" UUID,
    "anchor" TEXT,
    "tags" TEXT[],
    "config" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "authors" TEXT NOT NULL,
    "document" tsvector GENERATED ALWAYS AS (
        search_document("config", CASE "position" WHEN 0 THEN 'A' ELSE 'B' END::"char", "title", "body", "authors")
    ) STORED,

    CONSTRAINT "published_texts_pkey" PRIMARY KEY ("issue_id","position")
);

-- CreateTable
CREATE TABLE "published_configs" (
    "newsletter_id" UUID NOT NULL,
    "config" TEXT NOT NULL,

    CONSTRAINT "published_configs_pkey" PRIMARY KEY ("newsletter_id","config")
);

-- CreateTable
-- Of a collation that is the same everywhere, so that words which begin alike stand side by side.
CREATE TABLE "published_words" (
    "newsletter_id" UUID NOT NULL,
    "word" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "published_words_pkey" PRIMARY KEY ("newsletter_id","word")
);

-- What is published already. Its words are taken from the HTML of the live edition.
CREATE FUNCTION pg_temp.plain_text(html text) RETURNS text LANGUAGE sql IMMUTABLE
    RETURN trim(replace(replace(regexp_replace(regexp_replace(html,
        '</?(a|em|strong|del|code|span)\M([^>"]|"[^"]*")*>', '', 'g'),
        '<([^>"]|"[^"]*")*>', ' ', 'g'),
        '&#x3C;', '<'), '&#x26;', '&'));
CREATE FUNCTION pg_temp.config_of(language text) RETURNS text LANGUAGE sql IMMUTABLE
    RETURN CASE lower(split_part(language, '-', 1))
        WHEN 'ar' THEN 'arabic' WHEN 'ca' THEN 'catalan' WHEN 'da' THEN 'danish' WHEN 'de' THEN 'german'
        WHEN 'el' THEN 'greek' WHEN 'en' THEN 'english' WHEN 'es' THEN 'spanish' WHEN 'eu' THEN 'basque'
        WHEN 'fi' THEN 'finnish' WHEN 'fr' THEN 'french' WHEN 'ga' THEN 'irish' WHEN 'hi' THEN 'hindi'
        WHEN 'hu' THEN 'hungarian' WHEN 'hy' THEN 'armenian' WHEN 'id' THEN 'indonesian' WHEN 'it' THEN 'italian'
        WHEN 'lt' THEN 'lithuanian' WHEN 'nb' THEN 'norwegian' WHEN 'ne' THEN 'nepali' WHEN 'nl' THEN 'dutch'
        WHEN 'nn' THEN 'norwegian' WHEN 'no' THEN 'norwegian' WHEN 'pt' THEN 'portuguese' WHEN 'ro' THEN 'romanian'
        WHEN 'ru' THEN 'russian' WHEN 'sr' THEN 'serbian' WHEN 'sv' THEN 'swedish' WHEN 'ta' THEN 'tamil'
        WHEN 'tr' THEN 'turkish' WHEN 'yi' THEN 'yiddish' ELSE 'simple'
    END;

WITH zones AS MATERIALIZED (
    SELECT name FROM pg_timezone_names
), live AS (
    SELECT
        publications.issue_id, publications.newsletter_id, publications.published_at, publications.tags,
        -- The zone may be newer than those that the server knows.
        extract(year FROM publications.published_at AT TIME ZONE coalesce(zones.name, 'UTC'))::int AS year,
        pg_temp.config_of(newsletters.language) AS config,
        editions.document::jsonb AS document
    FROM publications
    JOIN editions ON editions.id = edition_id
    JOIN newsletters ON newsletters.id = publications.newsletter_id
    LEFT JOIN zones ON zones.name = newsletters.time_zone
), items AS (
    SELECT
        live.*, item,
        row_number() OVER (PARTITION BY issue_id ORDER BY sections.place, items.place) AS position
    FROM live,
        jsonb_array_elements(document -> 'sections') WITH ORDINALITY AS sections (section, place),
        jsonb_array_elements(section -> 'items') WITH ORDINALITY AS items (item, place)
)
INSERT INTO "published_texts" (
    "issue_id", "position", "newsletter_id", "published_at", "year", "item_id", "anchor", "tags", "config",
    "title", "body", "authors"
)
SELECT
    issue_id, 0, newsletter_id, published_at, year, NULL, NULL, tags, config, document ->> 'title',
    left(concat_ws(E'\n',
        document ->> 'subtitle',
        pg_temp.plain_text(document -> 'intro' ->> 'html'),
        (
            SELECT string_agg(
                concat_ws(E'\n', section ->> 'title', pg_temp.plain_text(section -> 'intro' ->> 'html')),
                E'\n' ORDER BY place
            )
            FROM jsonb_array_elements(document -> 'sections') WITH ORDINALITY AS sections (section, place)
        ),
        pg_temp.plain_text(document -> 'signOff' ->> 'html')
    ), 100000),
    ''
FROM live
UNION ALL
SELECT
    issue_id, position, newsletter_id, published_at, year, (item ->> 'id')::uuid, item ->> 'anchor',
    ARRAY(SELECT unnest(tags) UNION SELECT jsonb_array_elements_text(item -> 'tags')),
    config, item ->> 'title',
    left(concat_ws(E'\n',
        pg_temp.plain_text(item -> 'body' ->> 'html'),
        item -> 'paper' ->> 'title', item -> 'paper' ->> 'venue', item -> 'paper' ->> 'abstract'
    ), 100000),
    coalesce((
        SELECT string_agg(author ->> 'name', ', ' ORDER BY place)
        FROM jsonb_array_elements(nullif(item -> 'paper', 'null') -> 'authors') WITH ORDINALITY
            AS authors (author, place)
    ), '')
FROM items;

INSERT INTO "published_configs" ("newsletter_id", "config")
SELECT DISTINCT "newsletter_id", "config" FROM "published_texts";

INSERT INTO "published_words" ("newsletter_id", "word")
SELECT DISTINCT "newsletter_id", lower(token)
FROM "published_texts", ts_parse('default', search_text(concat_ws(' ', "title", "body", "authors")))
WHERE tokid IN (1, 2, 3, 9, 10, 11) AND length(token) BETWEEN 2 AND 40;

-- CreateIndex
CREATE INDEX "published_texts_of_newsletter_idx" ON "published_texts"("newsletter_id", "published_at", "issue_id", "position");

-- CreateIndex
CREATE INDEX "published_texts_of_all_idx" ON "published_texts"("published_at", "issue_id", "position");

-- CreateIndex
-- A search reads all that waits to be added to an index of words: 512 kB are read in less than a millisecond.
CREATE INDEX "published_texts_words_idx" ON "published_texts" USING GIN ("newsletter_id" uuid_ops, "tags", "document" tsvector_ops)
    WITH (gin_pending_list_limit = 512);

-- CreateIndex
CREATE INDEX "published_words_trigrams_idx" ON "published_words" USING GIN ("newsletter_id" uuid_ops, "word" gin_trgm_ops)
    WITH (gin_pending_list_limit = 512);

-- AddForeignKey
ALTER TABLE "published_texts" ADD CONSTRAINT "published_texts_issue_id_fkey" FOREIGN KEY ("issue_id") REFERENCES "publications"("issue_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "published_configs" ADD CONSTRAINT "published_configs_newsletter_id_fkey" FOREIGN KEY ("newsletter_id") REFERENCES "newsletters"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "published_words" ADD CONSTRAINT "published_words_newsletter_id_fkey" FOREIGN KEY ("newsletter_id") REFERENCES "newsletters"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- By hand, from here on: what a Prisma schema cannot say.

ALTER TABLE "published_texts"
    ADD CONSTRAINT "published_texts_position_check" CHECK ("position" >= 0),
    ADD CONSTRAINT "published_texts_item_check" CHECK (
        num_nonnulls("item_id", "anchor") = CASE "position" WHEN 0 THEN 0 ELSE 2 END
    ),
    -- Looked at row by row where a word is common: it stays with its row, and the body goes elsewhere.
    ALTER COLUMN "document" SET STORAGE MAIN;
