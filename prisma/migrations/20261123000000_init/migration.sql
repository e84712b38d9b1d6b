-- CreateEnum
CREATE TYPE "role" AS ENUM ('viewer', 'author', 'editor', 'admin');

-- CreateEnum
CREATE TYPE "issue_status" AS ENUM ('draft', 'scheduled', 'published');

-- CreateEnum
CREATE TYPE "item_kind" AS ENUM ('note', 'link', 'paper', 'tool', 'media', 'promo');

-- CreateEnum
CREATE TYPE "figure_place" AS ENUM ('cover', 'item', 'body');

-- CreateTable
CREATE TABLE "api_keys" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "role" "role" NOT NULL,
    "secret_hash" TEXT NOT NULL,
    "is_bound" BOOLEAN NOT NULL,
    "newsletter_ids" UUID[],
    "expires_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "api_keys_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "events" (
    "id" UUID NOT NULL,
    "type" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor_kind" TEXT NOT NULL,
    "actor_id" UUID,
    "actor_name" TEXT NOT NULL,
    "newsletter_id" UUID,
    "issue_id" UUID,
    "subject_kind" TEXT NOT NULL,
    "subject_id" UUID NOT NULL,
    "details" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "events_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "issues" (
    "id" UUID NOT NULL,
    "newsletter_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "slug" TEXT NOT NULL,
    "title" TEXT NOT NULL DEFAULT '',
    "subtitle" TEXT,
    "intro" TEXT,
    "sign_off" TEXT,
    "coverage_from" DATE,
    "coverage_to" DATE,
    "tags" TEXT[],
    "status" "issue_status" NOT NULL DEFAULT 'draft',
    "revision" INTEGER NOT NULL DEFAULT 1,
    "scheduled_at" TIMESTAMPTZ(3),
    "scheduled_local" TEXT,
    "scheduled_time_zone" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "issues_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "issue_authors" (
    "issue_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "person_id" UUID NOT NULL,

    CONSTRAINT "issue_authors_pkey" PRIMARY KEY ("issue_id","person_id")
);

-- CreateTable
CREATE TABLE "sections" (
    "id" UUID NOT NULL,
    "issue_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "emoji" TEXT,
    "intro" TEXT,

    CONSTRAINT "sections_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "items" (
    "id" UUID NOT NULL,
    "section_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "kind" "item_kind" NOT NULL,
    "title" TEXT NOT NULL DEFAULT '',
    "body" TEXT,
    "links" JSONB NOT NULL DEFAULT '[]',
    "tags" TEXT[],
    "paper_id" UUID,
    "anchor" TEXT,

    CONSTRAINT "items_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "figures" (
    "id" UUID NOT NULL,
    "issue_id" UUID NOT NULL,
    "section_id" UUID,
    "item_id" UUID,
    "place" "figure_place" NOT NULL,
    "position" INTEGER NOT NULL,
    "media_id" UUID NOT NULL,
    "alt" TEXT,
    "caption" TEXT,
    "credit" JSONB,

    CONSTRAINT "figures_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "media" (
    "id" UUID NOT NULL,
    "file_name" TEXT NOT NULL,
    "original_name" TEXT,
    "mime_type" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "width" INTEGER NOT NULL,
    "height" INTEGER NOT NULL,
    "sha256" TEXT NOT NULL,
    "alt" TEXT,
    "caption" TEXT,
    "credit_text" TEXT,
    "credit_url" TEXT,
    "credit_licence" TEXT,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "media_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "newsletters" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "tagline" TEXT,
    "description" TEXT,
    "language" TEXT NOT NULL,
    "time_zone" TEXT NOT NULL,
    "links" JSONB NOT NULL DEFAULT '[]',
    "length_target" INTEGER,
    "length_tolerance" INTEGER,
    "section_template" JSONB NOT NULL DEFAULT '[]',
    "hold_overdue_after" INTEGER,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "newsletters_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "papers" (
    "id" UUID NOT NULL,
    "title" TEXT NOT NULL,
    "authors" JSONB NOT NULL DEFAULT '[]',
    "year" INTEGER,
    "venue" TEXT,
    "abstract" TEXT,
    "arxiv_id" TEXT,
    "doi" TEXT,
    "links" JSONB NOT NULL DEFAULT '[]',
    "revision" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "papers_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "people" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "bio" TEXT,
    "links" JSONB NOT NULL DEFAULT '[]',
    "avatar_id" UUID,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "people_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "editions" (
    "id" UUID NOT NULL,
    "issue_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "revision" INTEGER NOT NULL,
    "document" TEXT NOT NULL,
    "summary" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "published_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "editions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "publications" (
    "issue_id" UUID NOT NULL,
    "edition_id" UUID NOT NULL,
    "newsletter_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "slug" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "tags" TEXT[],
    "published_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "publications_pkey" PRIMARY KEY ("issue_id")
);

-- CreateTable
CREATE TABLE "published_papers" (
    "issue_id" UUID NOT NULL,
    "item_id" UUID NOT NULL,
    "paper_id" UUID NOT NULL,
    "title" TEXT NOT NULL,
    "anchor" TEXT NOT NULL,

    CONSTRAINT "published_papers_pkey" PRIMARY KEY ("issue_id","item_id")
);

-- CreateTable
CREATE TABLE "published_links" (
    "issue_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "item_id" UUID NOT NULL,
    "url" TEXT NOT NULL,
    "title" TEXT NOT NULL,

    CONSTRAINT "published_links_pkey" PRIMARY KEY ("issue_id","position")
);

-- CreateTable
CREATE TABLE "published_media" (
    "issue_id" UUID NOT NULL,
    "media_id" UUID NOT NULL,

    CONSTRAINT "published_media_pkey" PRIMARY KEY ("issue_id","media_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "api_keys_secret_hash_key" ON "api_keys"("secret_hash");

-- CreateIndex
CREATE INDEX "events_at_id_idx" ON "events"("at", "id");

-- CreateIndex
CREATE INDEX "events_newsletter_id_at_id_idx" ON "events"("newsletter_id", "at", "id");

-- CreateIndex
CREATE INDEX "events_issue_id_at_id_idx" ON "events"("issue_id", "at", "id");

-- CreateIndex
CREATE INDEX "events_type_at_id_idx" ON "events"("type", "at", "id");

-- CreateIndex
CREATE INDEX "issues_newsletter_id_status_number_idx" ON "issues"("newsletter_id", "status", "number");

-- CreateIndex
CREATE INDEX "issues_due_idx" ON "issues"("scheduled_at", "id") WHERE (scheduled_at IS NOT NULL);

-- CreateIndex
CREATE UNIQUE INDEX "issues_newsletter_id_number_key" ON "issues"("newsletter_id", "number");

-- CreateIndex
CREATE UNIQUE INDEX "issues_newsletter_id_slug_key" ON "issues"("newsletter_id", "slug");

-- CreateIndex
CREATE INDEX "issue_authors_person_id_idx" ON "issue_authors"("person_id");

-- CreateIndex
CREATE UNIQUE INDEX "sections_issue_id_position_key" ON "sections"("issue_id", "position");

-- CreateIndex
CREATE INDEX "items_paper_id_idx" ON "items"("paper_id");

-- CreateIndex
CREATE UNIQUE INDEX "items_section_id_position_key" ON "items"("section_id", "position");

-- CreateIndex
CREATE INDEX "figures_issue_id_idx" ON "figures"("issue_id");

-- CreateIndex
CREATE INDEX "figures_section_id_idx" ON "figures"("section_id");

-- CreateIndex
CREATE INDEX "figures_item_id_idx" ON "figures"("item_id");

-- CreateIndex
CREATE INDEX "figures_media_id_idx" ON "figures"("media_id");

-- CreateIndex
CREATE UNIQUE INDEX "figures_cover_key" ON "figures"("issue_id") WHERE (place = 'cover'::figure_place);

-- CreateIndex
CREATE UNIQUE INDEX "media_file_name_key" ON "media"("file_name");

-- CreateIndex
CREATE UNIQUE INDEX "newsletters_slug_key" ON "newsletters"("slug");

-- CreateIndex
CREATE UNIQUE INDEX "papers_arxiv_id_key" ON "papers"("arxiv_id");

-- CreateIndex
CREATE UNIQUE INDEX "papers_doi_key" ON "papers"("doi");

-- CreateIndex
CREATE UNIQUE INDEX "people_slug_key" ON "people"("slug");

-- CreateIndex
CREATE INDEX "people_avatar_id_idx" ON "people"("avatar_id");

-- CreateIndex
CREATE UNIQUE INDEX "editions_issue_id_version_key" ON "editions"("issue_id", "version");

-- CreateIndex
CREATE UNIQUE INDEX "publications_edition_id_key" ON "publications"("edition_id");

-- CreateIndex
CREATE INDEX "publications_newsletter_id_published_at_number_idx" ON "publications"("newsletter_id", "published_at", "number");

-- CreateIndex
CREATE INDEX "publications_published_at_number_idx" ON "publications"("published_at", "number");

-- CreateIndex
CREATE UNIQUE INDEX "publications_newsletter_id_number_key" ON "publications"("newsletter_id", "number");

-- CreateIndex
CREATE UNIQUE INDEX "publications_newsletter_id_slug_key" ON "publications"("newsletter_id", "slug");

-- CreateIndex
CREATE INDEX "published_papers_paper_id_issue_id_idx" ON "published_papers"("paper_id", "issue_id");

-- CreateIndex
CREATE INDEX "published_links_url_idx" ON "published_links" USING HASH ("url");

-- CreateIndex
CREATE INDEX "published_media_media_id_idx" ON "published_media"("media_id");

-- AddForeignKey
ALTER TABLE "issues" ADD CONSTRAINT "issues_newsletter_id_fkey" FOREIGN KEY ("newsletter_id") REFERENCES "newsletters"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "issue_authors" ADD CONSTRAINT "issue_authors_issue_id_fkey" FOREIGN KEY ("issue_id") REFERENCES "issues"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "issue_authors" ADD CONSTRAINT "issue_authors_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "people"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sections" ADD CONSTRAINT "sections_issue_id_fkey" FOREIGN KEY ("issue_id") REFERENCES "issues"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "items" ADD CONSTRAINT "items_section_id_fkey" FOREIGN KEY ("section_id") REFERENCES "sections"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "items" ADD CONSTRAINT "items_paper_id_fkey" FOREIGN KEY ("paper_id") REFERENCES "papers"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "figures" ADD CONSTRAINT "figures_issue_id_fkey" FOREIGN KEY ("issue_id") REFERENCES "issues"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "figures" ADD CONSTRAINT "figures_section_id_fkey" FOREIGN KEY ("section_id") REFERENCES "sections"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "figures" ADD CONSTRAINT "figures_item_id_fkey" FOREIGN KEY ("item_id") REFERENCES "items"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "figures" ADD CONSTRAINT "figures_media_id_fkey" FOREIGN KEY ("media_id") REFERENCES "media"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "people" ADD CONSTRAINT "people_avatar_id_fkey" FOREIGN KEY ("avatar_id") REFERENCES "media"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "editions" ADD CONSTRAINT "editions_issue_id_fkey" FOREIGN KEY ("issue_id") REFERENCES "issues"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "publications" ADD CONSTRAINT "publications_issue_id_fkey" FOREIGN KEY ("issue_id") REFERENCES "issues"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "publications" ADD CONSTRAINT "publications_edition_id_fkey" FOREIGN KEY ("edition_id") REFERENCES "editions"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "publications" ADD CONSTRAINT "publications_newsletter_id_fkey" FOREIGN KEY ("newsletter_id") REFERENCES "newsletters"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "published_papers" ADD CONSTRAINT "published_papers_issue_id_fkey" FOREIGN KEY ("issue_id") REFERENCES "publications"("issue_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "published_papers" ADD CONSTRAINT "published_papers_paper_id_fkey" FOREIGN KEY ("paper_id") REFERENCES "papers"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "published_links" ADD CONSTRAINT "published_links_issue_id_fkey" FOREIGN KEY ("issue_id") REFERENCES "publications"("issue_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "published_media" ADD CONSTRAINT "published_media_issue_id_fkey" FOREIGN KEY ("issue_id") REFERENCES "publications"("issue_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "published_media" ADD CONSTRAINT "published_media_media_id_fkey" FOREIGN KEY ("media_id") REFERENCES "media"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- By hand, from here on: what a Prisma schema cannot say. Prisma compares neither CHECK constraints nor
-- triggers nor whether a constraint is deferrable, so none of it counts as drift.

-- Positions are renumbered by one UPDATE, in which two rows hold the same one for a moment. A unique index
-- is checked row by row; a deferrable constraint at the end of the statement.
ALTER TABLE "sections"
    ADD CONSTRAINT "sections_issue_id_position_key"
    UNIQUE USING INDEX "sections_issue_id_position_key" DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE "items"
    ADD CONSTRAINT "items_section_id_position_key"
    UNIQUE USING INDEX "items_section_id_position_key" DEFERRABLE INITIALLY IMMEDIATE;

-- Slugs and numbers stand in addresses: an issue is asked for by either, or as "latest".
ALTER TABLE "newsletters"
    ADD CONSTRAINT "newsletters_slug_check" CHECK ("slug" ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
    ADD CONSTRAINT "newsletters_revision_check" CHECK ("revision" > 0);
ALTER TABLE "people"
    ADD CONSTRAINT "people_slug_check" CHECK ("slug" ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
    ADD CONSTRAINT "people_revision_check" CHECK ("revision" > 0);
ALTER TABLE "issues"
    ADD CONSTRAINT "issues_slug_check"
    CHECK ("slug" ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND "slug" !~ '^[0-9]+$' AND "slug" <> 'latest'),
    ADD CONSTRAINT "issues_number_check" CHECK ("number" > 0),
    ADD CONSTRAINT "issues_revision_check" CHECK ("revision" > 0),
    ADD CONSTRAINT "issues_coverage_check" CHECK ("coverage_from" <= "coverage_to"),
    -- The row is the only schedule: an issue that waits without a time would never go out, and a time
    -- that stays behind would send it out twice.
    ADD CONSTRAINT "issues_schedule_check" CHECK (
        num_nonnulls("scheduled_at", "scheduled_local", "scheduled_time_zone")
        = CASE WHEN "status" = 'scheduled' THEN 3 ELSE 0 END
    );
ALTER TABLE "publications"
    ADD CONSTRAINT "publications_slug_check"
    CHECK ("slug" ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND "slug" !~ '^[0-9]+$' AND "slug" <> 'latest'),
    ADD CONSTRAINT "publications_number_check" CHECK ("number" > 0);

ALTER TABLE "issue_authors" ADD CONSTRAINT "issue_authors_position_check" CHECK ("position" >= 0);
ALTER TABLE "sections" ADD CONSTRAINT "sections_position_check" CHECK ("position" >= 0);
ALTER TABLE "items"
    ADD CONSTRAINT "items_position_check" CHECK ("position" >= 0),
    ADD CONSTRAINT "items_paper_check" CHECK ("paper_id" IS NULL OR "kind" = 'paper');
ALTER TABLE "figures"
    ADD CONSTRAINT "figures_position_check" CHECK ("position" >= 0),
    ADD CONSTRAINT "figures_place_check" CHECK (
        CASE "place"
            WHEN 'cover' THEN num_nonnulls("section_id", "item_id") = 0
            WHEN 'item' THEN "item_id" IS NOT NULL
            ELSE true
        END
    );
ALTER TABLE "published_links" ADD CONSTRAINT "published_links_position_check" CHECK ("position" >= 0);

ALTER TABLE "papers" ADD CONSTRAINT "papers_revision_check" CHECK ("revision" > 0);
ALTER TABLE "media"
    ADD CONSTRAINT "media_size_check" CHECK ("size" > 0),
    ADD CONSTRAINT "media_dimensions_check" CHECK ("width" > 0 AND "height" > 0),
    ADD CONSTRAINT "media_sha256_check" CHECK ("sha256" ~ '^[0-9a-f]{64}$'),
    ADD CONSTRAINT "media_revision_check" CHECK ("revision" > 0);
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_secret_hash_check" CHECK ("secret_hash" ~ '^[0-9a-f]{64}$');
ALTER TABLE "editions"
    ADD CONSTRAINT "editions_version_check" CHECK ("version" > 0),
    ADD CONSTRAINT "editions_revision_check" CHECK ("revision" > 0),
    ADD CONSTRAINT "editions_hash_check" CHECK ("hash" ~ '^[0-9a-f]{64}$');

-- An edition is what readers were shown. It may go with its issue, and never changes.
CREATE FUNCTION refuse_edition_update() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'An edition never changes: publish the issue again to make the next version.'
        USING ERRCODE = 'restrict_violation', TABLE = TG_TABLE_NAME;
END;
$$;
CREATE TRIGGER "editions_refuse_update" BEFORE UPDATE ON "editions"
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_edition_update();
