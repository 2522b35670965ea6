-- AlterTable
ALTER TABLE "process_bundle" ADD COLUMN     "timers_armed" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "process_timer" (
    "bundle_hash" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "start_element_id" TEXT NOT NULL,
    "clock" JSONB NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "process_timer_pkey" PRIMARY KEY ("bundle_hash","position")
);

-- CreateIndex
CREATE INDEX "process_timer_due_at_idx" ON "process_timer"("due_at");

-- AddForeignKey
ALTER TABLE "process_timer" ADD CONSTRAINT "process_timer_bundle_hash_fkey" FOREIGN KEY ("bundle_hash") REFERENCES "process_bundle"("hash") ON DELETE RESTRICT ON UPDATE CASCADE;
