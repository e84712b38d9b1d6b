-- The newest uses of a tag, a person or the domain of a link are a stretch of an index, as those of a paper are.

-- DropIndex
DROP INDEX "published_papers_newsletter_id_paper_id_published_at_number_idx";

-- CreateTable
CREATE TABLE "published_tags" (
    "issue_id" UUID NOT NULL,
    "tag" TEXT NOT NULL,
    "carrier_id" UUID NOT NULL,
    "title" TEXT,
    "anchor" TEXT,
    "newsletter_id" UUID NOT NULL,
    "published_at" TIMESTAMPTZ(3) NOT NULL,
    "number" INTEGER NOT NULL,

    CONSTRAINT "published_tags_pkey" PRIMARY KEY ("issue_id","tag","carrier_id")
);

-- CreateTable
CREATE TABLE "published_people" (
    "issue_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "newsletter_id" UUID NOT NULL,
    "published_at" TIMESTAMPTZ(3) NOT NULL,
    "number" INTEGER NOT NULL,

    CONSTRAINT "published_people_pkey" PRIMARY KEY ("issue_id","person_id")
);

-- What readers see already, as the documents of the live editions have it.
CREATE TEMPORARY TABLE "live_items" AS
SELECT
    live."issue_id", live."newsletter_id", live."published_at", live."number",
    (item ->> 'id')::uuid AS "item_id", item ->> 'title' AS "title", item ->> 'anchor' AS "anchor",
    item -> 'tags' AS "tags"
FROM "publications" AS live
JOIN "editions" ON "editions"."id" = live."edition_id",
    jsonb_array_elements("editions"."document"::jsonb -> 'sections') AS section,
    jsonb_array_elements(section -> 'items') AS item;
ANALYZE "live_items";

-- AlterTable
-- The host of an address as the application would have it, where it is written in ASCII; others follow with their
-- next edition.
CREATE FUNCTION pg_temp.domain_of(url text) RETURNS text LANGUAGE sql IMMUTABLE
    RETURN (
        SELECT CASE WHEN length(host) BETWEEN 1 AND 253 THEN regexp_replace(host, '^www\.(?=[^.]+\.)', '') END
        FROM (SELECT rtrim(
            substring(lower(url) FROM '^https?://(?:[^/?#@]*@)?([a-z0-9._-]+)(?::[0-9]*)?(?:[/?#]|$)'), '.'
        )) AS named (host)
    );
ALTER TABLE "published_links"
    ADD COLUMN "anchor" TEXT,
    ADD COLUMN "domain" TEXT;
UPDATE "published_links" AS link
SET "anchor" = coalesce(live."anchor", found."item_id"::text), "domain" = found."domain"
FROM (
    SELECT
        "issue_id", "position", "item_id",
        CASE row_number() OVER (PARTITION BY "issue_id", "item_id", pg_temp.domain_of("url") ORDER BY "position")
            WHEN 1 THEN pg_temp.domain_of("url")
        END AS "domain"
    FROM "published_links"
) AS found LEFT JOIN "live_items" AS live USING ("issue_id", "item_id")
WHERE link."issue_id" = found."issue_id" AND link."position" = found."position";
ALTER TABLE "published_links" ALTER COLUMN "anchor" SET NOT NULL;

INSERT INTO "published_tags"
    ("issue_id", "tag", "carrier_id", "title", "anchor", "newsletter_id", "published_at", "number")
SELECT "issue_id", jsonb_array_elements_text("tags"), "item_id", "title", "anchor", "newsletter_id", "published_at",
    "number"
FROM "live_items"
UNION
SELECT "issue_id", unnest("tags"), "issue_id", NULL, NULL, "newsletter_id", "published_at", "number"
FROM "publications";

-- An edition names its authors by their slugs. Who has another one since is found in the draft, at the same place.
INSERT INTO "published_people" ("issue_id", "person_id", "newsletter_id", "published_at", "number")
SELECT DISTINCT live."issue_id", coalesce("people"."id", drafted."person_id"), live."newsletter_id",
    live."published_at", live."number"
FROM "publications" AS live
JOIN "editions" ON "editions"."id" = live."edition_id"
CROSS JOIN LATERAL jsonb_array_elements("editions"."document"::jsonb -> 'authors') WITH ORDINALITY
    AS authors (author, place)
LEFT JOIN "people" ON "people"."slug" = author ->> 'slug'
LEFT JOIN "issue_authors" AS drafted
    ON drafted."issue_id" = live."issue_id" AND drafted."position" = place - 1
WHERE coalesce("people"."id", drafted."person_id") IS NOT NULL;

DROP TABLE "live_items";

-- CreateIndex
CREATE INDEX "published_tags_tag_published_at_number_carrier_id_idx" ON "published_tags"("tag", "published_at" DESC, "number" DESC, "carrier_id");

-- CreateIndex
CREATE INDEX "published_tags_of_newsletter_idx" ON "published_tags"("newsletter_id", "tag", "published_at" DESC, "number" DESC, "carrier_id");

-- CreateIndex
CREATE INDEX "published_people_person_id_published_at_number_issue_id_idx" ON "published_people"("person_id", "published_at" DESC, "number" DESC, "issue_id");

-- CreateIndex
CREATE INDEX "published_people_of_newsletter_idx" ON "published_people"("newsletter_id", "person_id", "published_at" DESC, "number" DESC, "issue_id");

-- CreateIndex
CREATE INDEX "published_links_domain_published_at_number_item_id_idx" ON "published_links"("domain", "published_at" DESC, "number" DESC, "item_id");

-- CreateIndex
CREATE INDEX "published_links_domain_of_newsletter_idx" ON "published_links"("newsletter_id", "domain", "published_at" DESC, "number" DESC, "item_id");

-- CreateIndex
CREATE INDEX "published_papers_of_newsletter_idx" ON "published_papers"("newsletter_id", "paper_id", "published_at" DESC, "number" DESC, "item_id");

-- AddForeignKey
ALTER TABLE "published_tags" ADD CONSTRAINT "published_tags_issue_id_fkey" FOREIGN KEY ("issue_id") REFERENCES "publications"("issue_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "published_people" ADD CONSTRAINT "published_people_issue_id_fkey" FOREIGN KEY ("issue_id") REFERENCES "publications"("issue_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "published_people" ADD CONSTRAINT "published_people_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "people"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- By hand, from here on: what Prisma does not compare.

ALTER TABLE "published_tags" ADD CONSTRAINT "published_tags_item_check" CHECK (
    num_nonnulls("title", "anchor") = CASE "carrier_id" WHEN "issue_id" THEN 0 ELSE 2 END
);

-- As for papers: a plan for what is featured often serves what is featured seldom too.
ALTER TABLE "published_tags"
    ALTER COLUMN "newsletter_id" SET (n_distinct = 2),
    ALTER COLUMN "tag" SET (n_distinct = 10);
ALTER TABLE "published_people"
    ALTER COLUMN "newsletter_id" SET (n_distinct = 2),
    ALTER COLUMN "person_id" SET (n_distinct = 10);
ALTER TABLE "published_links"
    ALTER COLUMN "newsletter_id" SET (n_distinct = 2),
    ALTER COLUMN "domain" SET (n_distinct = 10);
