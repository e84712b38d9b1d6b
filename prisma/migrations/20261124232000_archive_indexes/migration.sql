-- What the live edition holds now also says where and when it went out: the newest uses of one paper, link or
-- tag are a stretch of an index, however long the archive is.

-- CreateTable
CREATE TABLE "publication_tags" (
    "issue_id" UUID NOT NULL,
    "tag" TEXT NOT NULL,
    "newsletter_id" UUID NOT NULL,
    "published_at" TIMESTAMPTZ(3) NOT NULL,
    "number" INTEGER NOT NULL,

    CONSTRAINT "publication_tags_pkey" PRIMARY KEY ("issue_id","tag")
);
INSERT INTO "publication_tags" ("issue_id", "tag", "newsletter_id", "published_at", "number")
SELECT DISTINCT "issue_id", unnest("tags"), "newsletter_id", "published_at", "number"
FROM "publications";

-- DropIndex
DROP INDEX "publications_published_at_number_idx";

-- DropIndex
DROP INDEX "published_links_url_idx";

-- DropIndex
DROP INDEX "published_papers_paper_id_issue_id_idx";

-- AlterTable
ALTER TABLE "published_links"
    ADD COLUMN "newsletter_id" UUID,
    ADD COLUMN "number" INTEGER,
    ADD COLUMN "published_at" TIMESTAMPTZ(3),
    -- Not md5, which a server in FIPS mode refuses: https://www.postgresql.org/docs/current/functions-binarystring.html
    ADD COLUMN "url_key" BIGINT GENERATED ALWAYS AS (hashtextextended("url", 0)) STORED;
UPDATE "published_links" AS link
SET "newsletter_id" = live."newsletter_id", "published_at" = live."published_at", "number" = live."number"
FROM "publications" AS live
WHERE live."issue_id" = link."issue_id";
ALTER TABLE "published_links"
    ALTER COLUMN "newsletter_id" SET NOT NULL,
    ALTER COLUMN "number" SET NOT NULL,
    ALTER COLUMN "published_at" SET NOT NULL;

-- AlterTable
ALTER TABLE "published_papers"
    ADD COLUMN "newsletter_id" UUID,
    ADD COLUMN "number" INTEGER,
    ADD COLUMN "published_at" TIMESTAMPTZ(3);
UPDATE "published_papers" AS paper
SET "newsletter_id" = live."newsletter_id", "published_at" = live."published_at", "number" = live."number"
FROM "publications" AS live
WHERE live."issue_id" = paper."issue_id";
ALTER TABLE "published_papers"
    ALTER COLUMN "newsletter_id" SET NOT NULL,
    ALTER COLUMN "number" SET NOT NULL,
    ALTER COLUMN "published_at" SET NOT NULL;

-- CreateIndex
CREATE INDEX "publication_tags_newsletter_id_tag_published_at_number_idx" ON "publication_tags"("newsletter_id", "tag", "published_at", "number");

-- CreateIndex
CREATE INDEX "issues_next_due_idx" ON "issues"("newsletter_id", "scheduled_at") WHERE (scheduled_at IS NOT NULL);

-- CreateIndex
CREATE INDEX "published_links_newsletter_id_url_key_published_at_number_idx" ON "published_links"("newsletter_id", "url_key", "published_at", "number");

-- CreateIndex
CREATE INDEX "published_papers_paper_id_published_at_number_item_id_idx" ON "published_papers"("paper_id", "published_at" DESC, "number" DESC, "item_id");

-- CreateIndex
CREATE INDEX "published_papers_newsletter_id_paper_id_published_at_number_idx" ON "published_papers"("newsletter_id", "paper_id", "published_at", "number");

-- AddForeignKey
ALTER TABLE "publication_tags" ADD CONSTRAINT "publication_tags_issue_id_fkey" FOREIGN KEY ("issue_id") REFERENCES "publications"("issue_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- By hand, from here on: what Prisma does not compare.

-- The newest of all newsletters. By an expression: an index of the columns themselves would be taken for the newest
-- of one newsletter too, and be walked past all that the others published since.
CREATE INDEX "publications_newest_idx" ON "publications" (("published_at" AT TIME ZONE 'UTC'), "number");

-- A plan is made for the average newsletter, paper or tag. Where most of them are small it would read and sort all
-- rows of a large one, of which a page of the index is enough. So the planner is told that each is large, by which
-- a small one loses nothing: https://www.postgresql.org/docs/current/sql-altertable.html (n_distinct)
ALTER TABLE "publications" ALTER COLUMN "newsletter_id" SET (n_distinct = 2);
ALTER TABLE "publication_tags"
    ALTER COLUMN "newsletter_id" SET (n_distinct = 2),
    ALTER COLUMN "tag" SET (n_distinct = 2);
ALTER TABLE "published_papers"
    ALTER COLUMN "newsletter_id" SET (n_distinct = 2),
    ALTER COLUMN "paper_id" SET (n_distinct = 10);
