-- DropIndex
DROP INDEX "events_at_id_idx";

-- DropIndex
DROP INDEX "events_issue_id_at_id_idx";

-- DropIndex
DROP INDEX "events_newsletter_id_at_id_idx";

-- DropIndex
DROP INDEX "events_type_at_id_idx";

-- AlterTable
ALTER TABLE "events" ADD COLUMN     "position" BIGINT;

-- By hand: existing events keep the order in which they were listed so far.
UPDATE "events" SET "position" = listed."position"
FROM (SELECT "id", row_number() OVER (ORDER BY "at", "id") AS "position" FROM "events") AS listed
WHERE "events"."id" = listed."id";

-- CreateIndex
CREATE UNIQUE INDEX "events_position_key" ON "events"("position");

-- CreateIndex
CREATE INDEX "events_newsletter_id_position_idx" ON "events"("newsletter_id", "position") WHERE (position IS NOT NULL);

-- CreateIndex
CREATE INDEX "events_issue_id_position_idx" ON "events"("issue_id", "position") WHERE (position IS NOT NULL);

-- CreateIndex
CREATE INDEX "events_type_position_idx" ON "events"("type", "position") WHERE (position IS NOT NULL);

-- CreateIndex
CREATE INDEX "events_without_position_idx" ON "events"("at", "id") WHERE (position IS NULL);

-- By hand, from here on.

-- Every event is updated once, when it gets its position, and leaves a dead entry in events_without_position_idx.
-- Each listing looks into that index, so it is vacuumed after a fixed number of events, however large the table is.
ALTER TABLE "events" SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 10000);
