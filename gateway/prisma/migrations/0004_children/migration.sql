-- AlterTable
ALTER TABLE "process_instance" ADD COLUMN     "parent_element_instance_id" TEXT,
ADD COLUMN     "parent_instance_id" UUID;

-- CreateIndex
CREATE INDEX "process_instance_parent_instance_id_idx" ON "process_instance"("parent_instance_id");

-- AddForeignKey
ALTER TABLE "process_instance" ADD CONSTRAINT "process_instance_parent_instance_id_fkey" FOREIGN KEY ("parent_instance_id") REFERENCES "process_instance"("id") ON DELETE SET NULL ON UPDATE CASCADE;
