-- AlterTable
ALTER TABLE "user_task" ADD COLUMN     "follow_up_at" TIMESTAMPTZ(3),
ADD COLUMN     "owner" TEXT,
ADD COLUMN     "performed_at" TIMESTAMPTZ(3),
ADD COLUMN     "performed_by" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "performed_data" JSONB,
ADD COLUMN     "verify_until" TIMESTAMPTZ(3);
