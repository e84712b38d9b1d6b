-- CreateTable
CREATE TABLE "metadata_sources" (
    "name" TEXT NOT NULL,
    "next_at" TIMESTAMPTZ(3) NOT NULL,
    "paused_until" TIMESTAMPTZ(3),

    CONSTRAINT "metadata_sources_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "metadata_answers" (
    "scheme" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "item" JSONB,
    "fetched_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "metadata_answers_pkey" PRIMARY KEY ("scheme","value")
);

-- CreateIndex
CREATE INDEX "metadata_answers_fetched_at_idx" ON "metadata_answers"("fetched_at");
