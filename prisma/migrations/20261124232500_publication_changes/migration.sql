-- CreateEnum
CREATE TYPE "change_type" AS ENUM ('published', 'corrected', 'withdrawn');

-- CreateTable
CREATE TABLE "publication_changes" (
    "newsletter_id" UUID NOT NULL,
    "position" BIGINT NOT NULL,
    "type" "change_type" NOT NULL,
    "issue_id" UUID NOT NULL,
    "edition_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "number" INTEGER NOT NULL,
    "slug" TEXT NOT NULL,
    "former_number" INTEGER,
    "former_slug" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "publication_changes_pkey" PRIMARY KEY ("newsletter_id","position")
);

-- CreateTable
CREATE TABLE "publication_logs" (
    "newsletter_id" UUID NOT NULL,
    "last_position" BIGINT NOT NULL,

    CONSTRAINT "publication_logs_pkey" PRIMARY KEY ("newsletter_id")
);

-- AddForeignKey
ALTER TABLE "publication_changes" ADD CONSTRAINT "publication_changes_newsletter_id_fkey" FOREIGN KEY ("newsletter_id") REFERENCES "newsletters"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "publication_logs" ADD CONSTRAINT "publication_logs_newsletter_id_fkey" FOREIGN KEY ("newsletter_id") REFERENCES "newsletters"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- By hand, from here on.

-- What readers see already begins the log, the oldest first.
INSERT INTO "publication_changes"
    ("newsletter_id", "position", "type", "issue_id", "edition_id", "version", "number", "slug", "at")
SELECT
    live."newsletter_id",
    row_number() OVER (PARTITION BY live."newsletter_id" ORDER BY live."published_at", live."number"),
    'published', live."issue_id", live."edition_id", "editions"."version", live."number", live."slug",
    live."published_at"
FROM "publications" AS live JOIN "editions" ON "editions"."id" = live."edition_id";
INSERT INTO "publication_logs" ("newsletter_id", "last_position")
SELECT "newsletter_id", max("position") FROM "publication_changes" GROUP BY "newsletter_id";

ALTER TABLE "publication_changes"
    ADD CONSTRAINT "publication_changes_position_check" CHECK ("position" > 0),
    ADD CONSTRAINT "publication_changes_former_check" CHECK (
        num_nonnulls("former_number", "former_slug") = 0
        OR (num_nonnulls("former_number", "former_slug") = 2 AND "type" = 'corrected')
    );

-- As in the migration before: a plan for long logs serves short ones too.
ALTER TABLE "publication_changes" ALTER COLUMN "newsletter_id" SET (n_distinct = 2);
