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
ADD COLUMN     "title_key" TEXT NOT NULL DEFAULT '';

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
CREATE INDEX "paper_imports_open_idx" ON "paper_imports"("created_at", "id") WHERE (finished_at IS NULL);

-- CreateIndex
CREATE INDEX "papers_title_key_idx" ON "papers"("title_key", "id") WHERE (title_key <> ''::text);

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

-- A DOI that arXiv gives is the arXiv id. Where another paper has that id already, the two should be merged: until
-- then the second one keeps its DOI as an address, by which nothing is looked up.
INSERT INTO "paper_identifiers" ("scheme", "value", "paper_id", "position")
SELECT 'arxiv', "arxiv_id", "id", 0 FROM "papers" WHERE "arxiv_id" IS NOT NULL;
INSERT INTO "paper_identifiers" ("scheme", "value", "paper_id", "position")
SELECT 'doi', "doi", "id", 1 FROM "papers" WHERE "doi" NOT LIKE '10.48550/arxiv.%';
INSERT INTO "paper_identifiers" ("scheme", "value", "paper_id", "position")
SELECT 'arxiv', substr("doi", 16), "id", 0 FROM "papers"
WHERE "doi" LIKE '10.48550/arxiv.%' AND "arxiv_id" IS NULL
ON CONFLICT DO NOTHING;
INSERT INTO "paper_identifiers" ("scheme", "value", "paper_id", "position")
SELECT 'address', 'https://doi.org/' || "doi", "id", 1 FROM "papers"
WHERE "doi" LIKE '10.48550/arxiv.%' AND NOT EXISTS (
    SELECT FROM "paper_identifiers"
    WHERE "paper_id" = "papers"."id" AND "scheme" = 'arxiv' AND "value" = substr("doi", 16)
);
ALTER TABLE "papers" DROP COLUMN "arxiv_id", DROP COLUMN "doi";

-- As src/modules/papers/title-key.ts makes it, for titles in which a letter is a letter to everybody.
UPDATE "papers" SET "title_key" = left(lower(regexp_replace("title", '[^A-Za-z0-9]', '', 'g')), 200)
WHERE "title" ~ '^[ -~]*$';

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
