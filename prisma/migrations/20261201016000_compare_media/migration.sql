-- The list of media compares words as searches do. Adding the column again rewrites the table, which is locked meanwhile.
--
-- Nodes of the previous release may still run. They look for words as they are typed, so they find only words without
-- accents.

-- Letters are folded between two changes to lower case: the first depends on the locale for a final Σ, and where the
-- locale is C, only the second one changes Ř, which is R by then.
CREATE FUNCTION fold_text(value text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN lower(fold_letters(lower(normalize(value, NFC))));

ALTER TABLE media DROP COLUMN search_text;
ALTER TABLE media ADD COLUMN search_text text GENERATED ALWAYS AS (
    fold_text(
        coalesce(original_name, '') || ' ' || coalesce(alt, '') || ' ' || coalesce(caption, '') || ' '
        || coalesce(credit_text, '') || ' ' || coalesce(join_words(tags), '')
    )
) STORED;

CREATE INDEX media_search_text_idx ON media USING gin (search_text gin_trgm_ops);
