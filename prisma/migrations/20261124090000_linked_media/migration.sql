-- A link to a media in a text is a use of it from now on, as an image was before: it gets its row. Texts are not
-- parsed here: what looks like a link counts as one until the text is written again.
INSERT INTO "figures" ("id", "issue_id", "section_id", "item_id", "place", "position", "media_id")
SELECT gen_random_uuid(), links.*
FROM (
    SELECT DISTINCT texts."issue_id", texts."section_id", texts."item_id", 'body'::figure_place, 0, "media"."id"
    FROM (
        SELECT "id" AS "issue_id", NULL::uuid AS "section_id", NULL::uuid AS "item_id",
            concat_ws(E'\n', "intro", "sign_off") AS "markdown"
        FROM "issues"
        UNION ALL
        SELECT "issue_id", "id", NULL, "intro" FROM "sections"
        UNION ALL
        SELECT "sections"."issue_id", "sections"."id", "items"."id", "items"."body"
        FROM "items" JOIN "sections" ON "sections"."id" = "items"."section_id"
    ) AS texts
    CROSS JOIN LATERAL regexp_matches(
        texts."markdown",
        '(?:\]\(|\]:|<)\s*<?media:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})',
        'gi'
    ) AS found
    JOIN "media" ON "media"."id" = found[1]::uuid
    WHERE texts."markdown" ILIKE '%media:%'
        AND NOT EXISTS (
            SELECT FROM "figures"
            WHERE "figures"."media_id" = "media"."id"
                AND "figures"."place" <> 'cover'
                AND "figures"."issue_id" = texts."issue_id"
                AND "figures"."section_id" IS NOT DISTINCT FROM texts."section_id"
                AND "figures"."item_id" IS NOT DISTINCT FROM texts."item_id"
        )
) AS links;
