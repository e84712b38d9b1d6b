-- Searches compare words without accents, "C++" and "A+" are words of their own, and a hyphen is a space.
-- Tags are in NFC.
--
-- Nodes of the previous release may still run. Their statements make tokens and parse queries by functions of the
-- database, so they get the new tokens, and their queries match them.

----------------------------------------------------------------------------------------------------------------------
-- Spellings
----------------------------------------------------------------------------------------------------------------------

-- Full-width letters and digits in ASCII, and the letters of ligatures such as ﬁ, which PDF readers copy. translate takes
-- long, so other texts skip it.
CREATE FUNCTION plain_letters(value text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE WHEN value ~ '[\uFB00-\uFB06\uFF10-\uFF19\uFF21-\uFF3A\uFF41-\uFF5A]' THEN
        replace(replace(replace(replace(replace(replace(replace(
            translate(
                value,
                '０１２３４５６７８９ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ',
                '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
            ),
            'ﬀ', 'ff'), 'ﬁ', 'fi'), 'ﬂ', 'fl'), 'ﬃ', 'ffi'), 'ﬄ', 'ffl'), 'ﬅ', 'st'), 'ﬆ', 'st')
    ELSE value END;

-- Letters without what readers leave out when they type them: accents in Latin and Greek, the two dots of Cyrillic ё and
-- stress marks, Hebrew points, Arabic vowels and tatweel. Other marks make another letter (Cyrillic й, ї and ў, Arabic
-- أ, Japanese が) or are vowels (Devanagari, Thai), so they stay. Σ becomes small, because its lower case depends on
-- the locale. The first test saves texts without such letters the work, and the second saves the usual text from being
-- composed again. The value is in NFC.
CREATE FUNCTION fold_letters(value text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE WHEN value ~ '[\u00C0-\u0401\u040D\u0450\u0451\u045D\u0591-\u05C7\u0610-\u061A\u0640\u064B-\u0652\u0670\u1AB0-\u1AFF\u1DC0-\u1DFF\u1E00-\u1FFF\uFB00-\uFB06\uFF10-\uFF19\uFF21-\uFF3A\uFF41-\uFF5A]' THEN (
        SELECT
            replace(replace(replace(replace(replace(replace(replace(replace(
                translate(
                    CASE WHEN bare IS NFC NORMALIZED THEN bare ELSE normalize(bare, NFC) END,
                    'ØøŁłĐđĦħŦŧÐðƁɓƊɗƘƙƳƴıςΣ', 'OoLlDdHhTtDdBbDdKkYyiσσ'
                ),
                'ß', 'ss'), 'ẞ', 'SS'), 'æ', 'ae'), 'Æ', 'AE'), 'œ', 'oe'), 'Œ', 'OE'), 'þ', 'th'), 'Þ', 'TH')
        FROM (
            SELECT regexp_replace(
                normalize(plain_letters(value), NFD),
                '([A-Za-z\u00C0-\u02AF\u0370-\u03FF\u1D00-\u1DBF\u2C60-\u2C7F\uA720-\uA7FF\uAB30-\uAB6F])[\u0300-\u036F\u1AB0-\u1AFF\u1DC0-\u1DFF]+'
                '|([Ее])[\u0300\u0301\u0308]+'
                '|([АИОУЫЭЮЯЄІаиоуыэюяєі])[\u0300\u0301]+'
                '|[\u0591-\u05BD\u05BF\u05C1\u05C2\u05C4\u05C5\u05C7\u0610-\u061A\u0640\u064B-\u0652\u0670]+',
                '\1\2\3', 'g'
            ) AS bare
            OFFSET 0
        ) AS without_marks
    ) ELSE value END;

-- PostgreSQL's parser takes + and # for spaces. Behind a word, as in C++, C#, A+ and Disney+, up to four of them are
-- written here as letters: + as ƻƾ, and # as ƻƪ. Nobody writes these pairs of obsolete letters, and every locale knows
-- them as letters. Between words, as in "Tom+Jerry", both stay, and so do those behind a number. U+001E marks the end of
-- the signs for the inner expressions, and becomes U+001F, which separates C++ from 17.
CREATE FUNCTION encode_signs(value text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE WHEN value ~ '[A-Za-z\u0080-\U0010FFFF][0-9]*[+#]' THEN
        translate(
            regexp_replace(
                regexp_replace(
                    regexp_replace(
                        translate(value, E'\x1e', ' '),
                        '([A-Za-z\u0080-\U0010FFFF][0-9]*)([+#]{1,4}(?=[^+#0-9A-Za-z\u0080-\U0010FFFF]|$)|(\+\+|#)(?=[0-9]))',
                        E'\\1\\2\x1e', 'g'
                    ),
                    '\+(?=[+#]{0,3}\x1e)', 'ƻƾ', 'g'
                ),
                '#(?=(ƻƾ|#){0,3}\x1e)', 'ƻƪ', 'g'
            ),
            E'\x1e', E'\x1f'
        )
    ELSE value END;

-- Whether a word of the text can have several spellings.
CREATE FUNCTION has_spellings(config text, value text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN value ~ '[\u00C0-\u0401\u040D\u0450\u0451\u045D\u0591-\u05C7\u0610-\u061A\u0640\u064B-\u0652\u0670\u1AB0-\u1AFF\u1DC0-\u1DFF\u1E00-\u1FFF\uFB00-\uFB06\uFF10-\uFF19\uFF21-\uFF3A\uFF41-\uFF5A]|[+#]'
        OR (config = 'turkish' AND value LIKE '%I%');

-- The text as the parser gets it. Hyphens are spaces, as queries take them. The parser would make a negative number of
-- "-7", the name of a host of v1.2-rc, and of "self-supervised" three words, so that phrases with the word before it did
-- not match. The letters ʻ and ʼ are spaces, too, as the apostrophes that many write in their place.
CREATE FUNCTION search_words(value text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE WHEN value ~ '[+#]'
        THEN regexp_replace(encode_signs(translate(search_text(value), 'ʻʼ', '  ')), '-|\+(?=[0-9])', ' ', 'g')
        ELSE translate(search_text(value), '-ʻʼ', '   ') END;

-- The spellings of a text by which a search finds it: as it is, in Turkish also with I as the capital of ı and İ as the
-- capital of i, without accents, and without the signs of encode_signs. All have the same words at the same positions,
-- except after accents among digits: the parser takes 7é7 for a word, and 7e7 for a number.
CREATE FUNCTION search_spellings(config text, value text) RETURNS SETOF text LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
    WITH written AS MATERIALIZED (
        SELECT search_words(value) AS spelling
    ), folded AS MATERIALIZED (
        SELECT spelling FROM written
        UNION SELECT translate(spelling, 'Iİ', 'ıi') FROM written WHERE config = 'turkish'
        UNION SELECT fold_letters(spelling) FROM written
    )
    SELECT spelling FROM folded
    UNION SELECT regexp_replace(spelling, 'ƻ[ƾƪ]', '', 'g') FROM folded WHERE spelling LIKE '%ƻ%';
END;

-- The tokens of all spellings. Where the same token comes from two of them, the input of tsvector merges its positions.
CREATE FUNCTION search_tokens(config text, value text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE WHEN has_spellings(config, value) THEN (
        SELECT string_agg(to_tsvector(config::regconfig, spelling)::text, ' ')::tsvector
        FROM search_spellings(config, value) AS spelling
    ) ELSE to_tsvector(config::regconfig, translate(search_text(value), '-', ' ')) END;

CREATE FUNCTION folded_tokens(config text, value text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN to_tsvector(config::regconfig, fold_letters(search_words(value)));

CREATE FUNCTION spelled_document(config text, heading_weight "char", heading text, body text, names text)
    RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN setweight(search_tokens(config, heading), heading_weight)
        || setweight(search_tokens(config, body), 'C')
        || setweight(search_tokens(config, names), 'D');

-- A tsvector holds 1 MB. The spellings of very many different words can exceed it, but one spelling of the longest texts
-- does not. Queries in every spelling match the one without accents.
CREATE FUNCTION long_document(config text, heading_weight "char", heading text, body text, names text)
    RETURNS tsvector LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
    RETURN spelled_document(config, heading_weight, heading, body, names);
EXCEPTION WHEN program_limit_exceeded THEN
    RETURN setweight(folded_tokens(config, heading), heading_weight)
        || setweight(folded_tokens(config, body), 'C')
        || setweight(folded_tokens(config, names), 'D');
END;
$$;

-- 20 kB cannot exceed the limit: a text has at most six spellings, and their tokens at most eight bytes for each of its own.
CREATE OR REPLACE FUNCTION search_document(config text, heading_weight "char", heading text, body text, names text)
    RETURNS tsvector LANGUAGE sql IMMUTABLE
    RETURN CASE WHEN octet_length(heading || body || names) < 20000
        THEN spelled_document(config, heading_weight, heading, body, names)
        ELSE long_document(config, heading_weight, heading, body, names) END;

-- The query with each lexeme joined by the other spellings of its word: those at the same positions. A word without a
-- sign is not a spelling of the word with it. 16383 is the position of all words of a text that is too long to count.
-- ts_rewrite would make a whole word of a prefix, so prefixes are replaced in the text of the query. A long text has many
-- lexemes, so only those at a position that matters are compared with each other.
CREATE FUNCTION spell_query(parsed tsquery, spellings tsvector) RETURNS tsquery
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
    spelled record;
BEGIN
    FOR spelled IN
        WITH sought AS MATERIALIZED (
            SELECT lexeme, array_remove(positions, 16383::smallint) AS positions FROM unnest(spellings)
            WHERE strpos(parsed::text, quote_literal(lexeme)) > 0
                AND strpos(parsed::text, quote_literal(lexeme) || ':*') = 0
        ), near AS MATERIALIZED (
            SELECT lexeme, positions FROM unnest(spellings)
            WHERE positions && (SELECT array_agg(place) FROM sought, unnest(positions) AS place)
        )
        SELECT sought.lexeme, string_agg(DISTINCT quote_literal(near.lexeme), ' | ')::tsquery AS alternatives
        FROM sought JOIN near ON sought.positions && near.positions
            AND (sought.lexeme ~ 'ƻ') <= (near.lexeme ~ 'ƻ')
        GROUP BY sought.lexeme HAVING count(*) > 1
    LOOP
        parsed := ts_rewrite(parsed, quote_literal(spelled.lexeme)::tsquery, spelled.alternatives);
    END LOOP;
    IF strpos(parsed::text, ':*') = 0 THEN
        RETURN parsed;
    END IF;
    FOR spelled IN
        WITH prefixes AS MATERIALIZED (
            SELECT captured[1] AS prefix FROM regexp_matches(parsed::text, '''([^'']+)'':\*', 'g') AS captured
        ), words AS MATERIALIZED (
            SELECT lexeme, place FROM unnest(spellings), unnest(positions) AS place WHERE place < 16383
        )
        SELECT quote_literal(prefix) || ':*' AS prefix,
            string_agg(DISTINCT quote_literal(near.lexeme), ' | ') AS alternatives
        FROM prefixes JOIN words AS sought ON starts_with(sought.lexeme, prefix)
            JOIN words AS near USING (place)
        WHERE NOT starts_with(near.lexeme, prefix)
        GROUP BY prefixes.prefix
    LOOP
        parsed := replace(
            parsed::text, spelled.prefix, format('(%s | %s)', spelled.prefix, spelled.alternatives)
        )::tsquery;
    END LOOP;
    RETURN parsed;
END;
$$;

-- The query with each word of letters and digits, such as covid19, joined by its two parts as a phrase, which "COVID-19"
-- has. As in spell_query, prefixes stay.
CREATE FUNCTION split_query(parsed tsquery, config text, heads text[], tails text[]) RETURNS tsquery
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
    split record;
BEGIN
    FOR split IN
        SELECT plainto_tsquery(config::regconfig, head || tail) AS word,
            plainto_tsquery(config::regconfig, head) AS head, phraseto_tsquery(config::regconfig, tail) AS tail
        FROM unnest(heads, tails) AS parts (head, tail)
    LOOP
        IF numnode(split.word) = 1 AND numnode(split.head) = 1 AND numnode(split.tail) > 0
            AND strpos(parsed::text, split.word::text || ':*') = 0
        THEN
            parsed := ts_rewrite(parsed, split.word, split.word || (split.head <-> split.tail));
        END IF;
    END LOOP;
    RETURN parsed;
END;
$$;

-- The text of which a highlight is made: the parser finds the words in it that search_spellings finds in the text as it
-- is. The caller removes U+001F and reads the signs.
CREATE FUNCTION headline_words(value text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN replace(replace(replace(
        CASE WHEN value ~ '[+#]'
            THEN regexp_replace(encode_signs(headline_text(value)), '(\+)(?=[0-9])', E'\x1f\\1\x1f', 'g')
            ELSE headline_text(value) END,
        '-', E'\x1f-\x1f'), 'ʻ', E'\x1fʻ\x1f'), 'ʼ', E'\x1fʼ\x1f');

----------------------------------------------------------------------------------------------------------------------
-- What is published
----------------------------------------------------------------------------------------------------------------------

-- Any update of a source column generates the tokens again. Other texts keep their tokens and are left alone.
UPDATE published_texts SET title = title
FROM (SELECT issue_id, position, concat_ws(' ', title, body, authors) AS text FROM published_texts OFFSET 0) AS published
WHERE published_texts.issue_id = published.issue_id AND published_texts.position = published.position
    AND (text LIKE '%-%' OR has_spellings(config, text));

INSERT INTO published_words (newsletter_id, word)
SELECT newsletter_id, folded
FROM (SELECT newsletter_id, word, fold_letters(word) AS folded FROM published_words) AS words
WHERE folded <> word AND length(folded) BETWEEN 2 AND 40
ON CONFLICT DO NOTHING;

----------------------------------------------------------------------------------------------------------------------
-- Tags
----------------------------------------------------------------------------------------------------------------------

-- Requests compose the tag that they ask for. Two spellings of a tag in one list become one tag.

DELETE FROM publication_tags AS tagged USING publication_tags AS other
WHERE tagged.tag IS NOT NFC NORMALIZED AND other.issue_id = tagged.issue_id AND other.tag <> tagged.tag
    AND normalize(other.tag, NFC) = normalize(tagged.tag, NFC)
    AND (other.tag IS NFC NORMALIZED OR other.tag < tagged.tag);
UPDATE publication_tags SET tag = normalize(tag, NFC) WHERE tag IS NOT NFC NORMALIZED;

DELETE FROM published_tags AS tagged USING published_tags AS other
WHERE tagged.tag IS NOT NFC NORMALIZED AND other.issue_id = tagged.issue_id
    AND other.carrier_id = tagged.carrier_id AND other.tag <> tagged.tag
    AND normalize(other.tag, NFC) = normalize(tagged.tag, NFC)
    AND (other.tag IS NFC NORMALIZED OR other.tag < tagged.tag);
UPDATE published_tags SET tag = normalize(tag, NFC) WHERE tag IS NOT NFC NORMALIZED;

CREATE FUNCTION compose_tags(tags text[]) RETURNS text[] LANGUAGE sql IMMUTABLE
    RETURN ARRAY(
        SELECT normalize(tag, NFC) FROM unnest(tags) WITH ORDINALITY AS listed (tag, place)
        GROUP BY 1 ORDER BY min(place)
    );
UPDATE publications SET tags = compose_tags(tags) WHERE join_words(tags) IS NOT NFC NORMALIZED;
UPDATE published_texts SET tags = compose_tags(tags) WHERE join_words(tags) IS NOT NFC NORMALIZED;
UPDATE issues SET tags = compose_tags(tags) WHERE join_words(tags) IS NOT NFC NORMALIZED;
UPDATE items SET tags = compose_tags(tags) WHERE join_words(tags) IS NOT NFC NORMALIZED;
UPDATE media SET tags = compose_tags(tags) WHERE join_words(tags) IS NOT NFC NORMALIZED;
DROP FUNCTION compose_tags(text[]);
