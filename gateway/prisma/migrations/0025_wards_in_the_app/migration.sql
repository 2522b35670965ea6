-- AlterTable
ALTER TABLE "ward" ADD COLUMN     "closed_at" TIMESTAMPTZ(3),
ADD COLUMN     "created_by" TEXT,
ADD COLUMN     "revision" INTEGER NOT NULL DEFAULT 1;
