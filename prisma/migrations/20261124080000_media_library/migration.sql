-- A search for parts of words looks in an index of trigrams.
CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- CreateTable
CREATE TABLE "media_files" (
    "id" UUID NOT NULL,
    "file_name" TEXT NOT NULL,
    "mime_type" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "width" INTEGER,
    "height" INTEGER,
    "frames" INTEGER,
    "has_alpha" BOOLEAN NOT NULL DEFAULT false,
    "sha256" TEXT NOT NULL,
    "source_sha256" TEXT,
    "thumbhash" TEXT,
    "placeholder" TEXT,
    "variants_due_at" TIMESTAMPTZ(3),
    "variants_lease" TIMESTAMPTZ(3),
    "variants_tries" INTEGER NOT NULL DEFAULT 0,
    "released_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "media_files_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "media_variants" (
    "file_name" TEXT NOT NULL,
    "file_id" UUID NOT NULL,
    "mime_type" TEXT NOT NULL,
    "width" INTEGER NOT NULL,
    "height" INTEGER NOT NULL,
    "size" INTEGER NOT NULL,
    "sha256" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "media_variants_pkey" PRIMARY KEY ("file_name")
);

-- CreateTable
CREATE TABLE "installation" (
    "id" UUID NOT NULL,

    CONSTRAINT "installation_pkey" PRIMARY KEY ("id")
);
INSERT INTO "installation" VALUES (gen_random_uuid());

-- Each media had its own file until now. Of several with the same bytes the first is the one that a further
-- upload of them finds. Whether a GIF or WebP moves was not recorded; such a file stays without variants.
INSERT INTO "media_files" (
    "id", "file_name", "mime_type", "size", "width", "height", "frames", "has_alpha", "sha256",
    "source_sha256", "variants_due_at", "created_at"
)
SELECT
    "id", "file_name", "mime_type", "size", "width", "height",
    CASE WHEN "mime_type" IN ('image/png', 'image/jpeg', 'image/avif') THEN 1 END,
    "mime_type" <> 'image/jpeg',
    "sha256",
    CASE WHEN row_number() OVER (PARTITION BY "sha256" ORDER BY "id") = 1 THEN "sha256" END,
    CASE WHEN "mime_type" IN ('image/png', 'image/jpeg', 'image/avif') THEN now() END,
    "created_at"
FROM "media";

-- AlterTable
ALTER TABLE "media" ADD COLUMN "file_id" UUID;
UPDATE "media" SET "file_id" = "id";
ALTER TABLE "published_media" ADD COLUMN "file_id" UUID;
UPDATE "published_media" SET "file_id" = "media_id";
ALTER TABLE "published_media" ALTER COLUMN "file_id" SET NOT NULL;

-- DropIndex
DROP INDEX "media_file_name_key";

-- A generated column takes functions alone that are known to be immutable; array_to_string is for text.
CREATE FUNCTION join_words(words text[]) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN array_to_string(words, ' ');

-- AlterTable
ALTER TABLE "media"
    ALTER COLUMN "file_id" SET NOT NULL,
    DROP COLUMN "file_name",
    DROP COLUMN "height",
    DROP COLUMN "mime_type",
    DROP COLUMN "sha256",
    DROP COLUMN "size",
    DROP COLUMN "width",
    ADD COLUMN "focal_x" INTEGER,
    ADD COLUMN "focal_y" INTEGER,
    ADD COLUMN "language" TEXT,
    ADD COLUMN "tags" TEXT[],
    ADD COLUMN "search_text" TEXT GENERATED ALWAYS AS (
        lower(
            coalesce("original_name", '') || ' ' || coalesce("alt", '') || ' ' || coalesce("caption", '') || ' '
            || coalesce("credit_text", '') || ' ' || coalesce(join_words("tags"), '')
        )
    ) STORED;

-- CreateIndex
CREATE UNIQUE INDEX "media_files_file_name_key" ON "media_files"("file_name");

-- CreateIndex
CREATE UNIQUE INDEX "media_files_source_sha256_key" ON "media_files"("source_sha256");

-- CreateIndex
CREATE INDEX "media_files_sha256_idx" ON "media_files" USING HASH ("sha256");

-- CreateIndex
CREATE INDEX "media_files_due_idx" ON "media_files"("variants_due_at", "id") WHERE (variants_due_at IS NOT NULL);

-- CreateIndex
CREATE INDEX "media_files_released_idx" ON "media_files"("released_at") WHERE (released_at IS NOT NULL);

-- CreateIndex
CREATE INDEX "media_variants_file_id_idx" ON "media_variants"("file_id");

-- CreateIndex
CREATE INDEX "media_file_id_idx" ON "media"("file_id");

-- CreateIndex
CREATE INDEX "media_tags_idx" ON "media" USING GIN ("tags");

-- CreateIndex
CREATE INDEX "media_search_text_idx" ON "media" USING GIN ("search_text" gin_trgm_ops);

-- CreateIndex
CREATE INDEX "published_media_file_id_idx" ON "published_media"("file_id");

-- AddForeignKey
ALTER TABLE "media" ADD CONSTRAINT "media_file_id_fkey" FOREIGN KEY ("file_id") REFERENCES "media_files"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "media_variants" ADD CONSTRAINT "media_variants_file_id_fkey" FOREIGN KEY ("file_id") REFERENCES "media_files"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "published_media" ADD CONSTRAINT "published_media_file_id_fkey" FOREIGN KEY ("file_id") REFERENCES "media_files"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- By hand, from here on: what a Prisma schema cannot say.

ALTER TABLE "media" ADD CONSTRAINT "media_focal_point_check" CHECK (
    num_nonnulls("focal_x", "focal_y") IN (0, 2)
    AND "focal_x" BETWEEN 0 AND 100 AND "focal_y" BETWEEN 0 AND 100
);
ALTER TABLE "media_files"
    ADD CONSTRAINT "media_files_size_check" CHECK ("size" > 0),
    ADD CONSTRAINT "media_files_dimensions_check" CHECK (
        num_nonnulls("width", "height") IN (0, 2) AND "width" > 0 AND "height" > 0 AND "frames" > 0
    ),
    ADD CONSTRAINT "media_files_sha256_check" CHECK ("sha256" ~ '^[0-9a-f]{64}$'),
    ADD CONSTRAINT "media_files_source_sha256_check" CHECK ("source_sha256" ~ '^[0-9a-f]{64}$'),
    ADD CONSTRAINT "media_files_variants_tries_check" CHECK ("variants_tries" >= 0);
ALTER TABLE "media_variants"
    ADD CONSTRAINT "media_variants_size_check" CHECK ("size" > 0),
    ADD CONSTRAINT "media_variants_dimensions_check" CHECK ("width" > 0 AND "height" > 0),
    ADD CONSTRAINT "media_variants_sha256_check" CHECK ("sha256" ~ '^[0-9a-f]{64}$');
