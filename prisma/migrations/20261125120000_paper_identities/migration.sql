-- CreateEnum
CREATE TYPE "paper_status" AS ENUM ('preprint', 'published', 'corrected', 'retracted');

-- CreateEnum
CREATE TYPE "identifier_scheme" AS ENUM ('arxiv', 'doi', 'openreview', 'semanticscholar', 'address');

-- CreateEnum
CREATE TYPE "import_format" AS ENUM ('bibtex', 'ris', 'csl-json', 'identifiers');

-- CreateEnum
CREATE TYPE "import_status" AS ENUM ('queued', 'running', 'finished', 'failed');

-- CreateEnum
CREATE TYPE "import_outcome" AS ENUM ('created', 'matched', 'refused');

-- AlterEnum
ALTER TYPE "change_type" ADD VALUE 'paper_status';

-- AlterTable
ALTER TABLE "papers" ADD COLUMN     "complete_at" TIMESTAMPTZ(3),
ADD COLUMN     "complete_tries" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "csl" JSONB NOT NULL DEFAULT '{}',
ADD COLUMN     "has_more_authors" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "incomplete" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "licence" TEXT,
ADD COLUMN     "results" JSONB NOT NULL DEFAULT '[]',
ADD COLUMN     "status" "paper_status",
ADD COLUMN     "statuses" JSONB NOT NULL DEFAULT '[]',
ADD COLUMN     "work_key" TEXT NOT NULL DEFAULT '';

-- CreateTable
CREATE TABLE "paper_identifiers" (
    "scheme" "identifier_scheme" NOT NULL,
    "value" TEXT NOT NULL,
    "paper_id" UUID NOT NULL,
    "version" INTEGER,
    "position" INTEGER NOT NULL,

    CONSTRAINT "paper_identifiers_pkey" PRIMARY KEY ("scheme","value")
);

-- CreateTable
CREATE TABLE "merged_papers" (
    "id" UUID NOT NULL,
    "paper_id" UUID NOT NULL,
    "merged_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "merged_papers_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "paper_imports" (
    "id" UUID NOT NULL,
    "format" "import_format" NOT NULL,
    "is_dry_run" BOOLEAN NOT NULL,
    "source" TEXT,
    "status" "import_status" NOT NULL DEFAULT 'queued',
    "total" INTEGER NOT NULL,
    "done" INTEGER NOT NULL DEFAULT 0,
    "created" INTEGER NOT NULL DEFAULT 0,
    "matched" INTEGER NOT NULL DEFAULT 0,
    "refused" INTEGER NOT NULL DEFAULT 0,
    "actor_id" UUID,
    "actor_name" TEXT NOT NULL,
    "leased_until" TIMESTAMPTZ(3),
    "claim" INTEGER NOT NULL DEFAULT 0,
    "tries" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "paper_imports_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "paper_import_records" (
    "import_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "line" INTEGER NOT NULL,
    "key" TEXT,
    "title" TEXT,
    "outcome" "import_outcome" NOT NULL,
    "paper_id" UUID,
    "faults" JSONB NOT NULL DEFAULT '[]',
    "filled" TEXT[],
    "ignored" TEXT[],

    CONSTRAINT "paper_import_records_pkey" PRIMARY KEY ("import_id","position")
);

-- CreateIndex
CREATE INDEX "paper_identifiers_paper_id_position_idx" ON "paper_identifiers"("paper_id", "position");

-- CreateIndex
CREATE INDEX "merged_papers_paper_id_idx" ON "merged_papers"("paper_id");

-- CreateIndex
CREATE INDEX "paper_imports_finished_at_idx" ON "paper_imports"("finished_at");

-- CreateIndex
CREATE INDEX "paper_imports_open_idx" ON "paper_imports"("created_at", "id") WHERE (finished_at IS NULL);

-- CreateIndex
CREATE INDEX "papers_work_key_idx" ON "papers"("work_key", "id") WHERE (work_key <> ''::text);

-- CreateIndex
CREATE INDEX "papers_complete_at_idx" ON "papers"("complete_at") WHERE (complete_at IS NOT NULL);

-- CreateIndex
CREATE INDEX "papers_status_idx" ON "papers"("status", "id") WHERE (status IS NOT NULL);

-- CreateIndex
CREATE INDEX "papers_incomplete_idx" ON "papers"("id") WHERE (incomplete);

-- AddForeignKey
ALTER TABLE "paper_identifiers" ADD CONSTRAINT "paper_identifiers_paper_id_fkey" FOREIGN KEY ("paper_id") REFERENCES "papers"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "merged_papers" ADD CONSTRAINT "merged_papers_paper_id_fkey" FOREIGN KEY ("paper_id") REFERENCES "papers"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "paper_import_records" ADD CONSTRAINT "paper_import_records_import_id_fkey" FOREIGN KEY ("import_id") REFERENCES "paper_imports"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- By hand, from here on.

-- A DOI that arXiv gives is the arXiv id, perhaps with a version. Where another paper has that id already, or it is
-- none, the paper keeps its DOI as an address, by which nothing is looked up: the two should be merged.
INSERT INTO "paper_identifiers" ("scheme", "value", "paper_id", "position")
SELECT 'arxiv', "arxiv_id", "id", 0 FROM "papers" WHERE "arxiv_id" IS NOT NULL;
INSERT INTO "paper_identifiers" ("scheme", "value", "paper_id", "position")
SELECT 'doi', "doi", "id", 1 FROM "papers" WHERE "doi" NOT LIKE '10.48550/arxiv.%';
CREATE TEMPORARY TABLE "arxiv_dois" ON COMMIT DROP AS
SELECT "id", "doi", regexp_replace(substr("doi", 16), 'v[1-9][0-9]{0,2}$', '') AS "value",
    substring("doi" FROM 'v([1-9][0-9]{0,2})$')::int AS "version"
FROM "papers" WHERE "doi" LIKE '10.48550/arxiv.%';
INSERT INTO "paper_identifiers" ("scheme", "value", "version", "paper_id", "position")
SELECT 'arxiv', "value", "version", "id", 0 FROM "arxiv_dois"
WHERE "value" ~ '^([0-9]{4}\.[0-9]{4,5}|[a-z]+(-[a-z]+)?/[0-9]{7})$'
ORDER BY "id"
ON CONFLICT DO NOTHING;
INSERT INTO "paper_identifiers" ("scheme", "value", "paper_id", "position")
SELECT 'address', 'https://doi.org/' || "doi", "id", 1 FROM "arxiv_dois"
WHERE NOT EXISTS (
    SELECT FROM "paper_identifiers"
    WHERE "paper_id" = "arxiv_dois"."id" AND "scheme" = 'arxiv' AND "value" = "arxiv_dois"."value"
);
ALTER TABLE "papers" DROP COLUMN "arxiv_id", DROP COLUMN "doi";

-- As src/modules/papers/work-key.ts makes it, as near as SQL comes. One that is missed is not known again by its title.
CREATE FUNCTION pg_temp.letters_of(text) RETURNS text LANGUAGE sql
    RETURN regexp_replace(lower(normalize($1, NFKD)), '[^[:alnum:]+#]', '', 'g');
UPDATE "papers" SET "work_key" = left(pg_temp.letters_of("title"), 150)
    || CASE WHEN "authors" = '[]' THEN '//' ELSE '/' END || left(pg_temp.letters_of(
    CASE WHEN "authors" = '[]' THEN concat("venue", "year") ELSE coalesce(
        substring("authors" -> 0 ->> 'name' FROM '^\S+(?:\s+\S+)*?\s+([[:lower:]]\S*\s.+)$'),
        substring("authors" -> 0 ->> 'name' FROM '(\S+)\s*$'), ''
    ) END), 50)
WHERE pg_temp.letters_of("title") <> '';

ALTER TABLE "papers"
    ADD CONSTRAINT "papers_complete_tries_check" CHECK ("complete_tries" >= 0),
    ADD CONSTRAINT "papers_complete_at_check" CHECK ("incomplete" OR "complete_at" IS NULL);
ALTER TABLE "paper_identifiers"
    ADD CONSTRAINT "paper_identifiers_position_check" CHECK ("position" >= 0),
    ADD CONSTRAINT "paper_identifiers_version_check" CHECK ("version" IS NULL OR ("scheme" = 'arxiv' AND "version" > 0));
ALTER TABLE "paper_imports"
    ADD CONSTRAINT "paper_imports_finished_check"
        CHECK (("finished_at" IS NOT NULL) = ("status" IN ('finished', 'failed'))),
    ADD CONSTRAINT "paper_imports_source_check" CHECK (("source" IS NULL) = ("finished_at" IS NOT NULL)),
    ADD CONSTRAINT "paper_imports_done_check"
        CHECK ("done" <= "total" AND "done" = "created" + "matched" + "refused");
