-- An image in another size or format is called a rendition.
ALTER TABLE "media_variants" RENAME TO "media_renditions";
ALTER TABLE "media_renditions" RENAME CONSTRAINT "media_variants_pkey" TO "media_renditions_pkey";
ALTER TABLE "media_renditions" RENAME CONSTRAINT "media_variants_file_id_fkey" TO "media_renditions_file_id_fkey";
ALTER TABLE "media_renditions" RENAME CONSTRAINT "media_variants_size_check" TO "media_renditions_size_check";
ALTER TABLE "media_renditions" RENAME CONSTRAINT "media_variants_dimensions_check" TO "media_renditions_dimensions_check";
ALTER TABLE "media_renditions" RENAME CONSTRAINT "media_variants_sha256_check" TO "media_renditions_sha256_check";
ALTER INDEX "media_variants_file_id_idx" RENAME TO "media_renditions_file_id_idx";

ALTER TABLE "media_files" RENAME COLUMN "variants_due_at" TO "renditions_due_at";
ALTER TABLE "media_files" RENAME COLUMN "variants_lease" TO "renditions_lease";
ALTER TABLE "media_files" RENAME COLUMN "variants_tries" TO "renditions_tries";
ALTER TABLE "media_files" RENAME CONSTRAINT "media_files_variants_tries_check" TO "media_files_renditions_tries_check";
