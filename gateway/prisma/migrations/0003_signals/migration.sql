-- AlterTable
ALTER TABLE "process_instance" ADD COLUMN     "error_code" TEXT;

-- CreateTable
CREATE TABLE "signal_subscription" (
    "id" TEXT NOT NULL,
    "instance_id" UUID NOT NULL,
    "subscription_id" TEXT NOT NULL,
    "element_id" TEXT NOT NULL,
    "signal" TEXT NOT NULL,

    CONSTRAINT "signal_subscription_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "signal_subscription_signal_idx" ON "signal_subscription"("signal");

-- CreateIndex
CREATE INDEX "signal_subscription_instance_id_idx" ON "signal_subscription"("instance_id");

-- AddForeignKey
ALTER TABLE "signal_subscription" ADD CONSTRAINT "signal_subscription_instance_id_fkey" FOREIGN KEY ("instance_id") REFERENCES "process_instance"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
