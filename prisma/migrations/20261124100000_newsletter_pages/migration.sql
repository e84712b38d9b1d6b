-- AlterTable
ALTER TABLE "newsletters" ADD COLUMN     "issue_url" TEXT,
ADD COLUMN     "site_url" TEXT;
