-- CreateTable
CREATE TABLE "ended_state" (
    "instance_id" UUID NOT NULL,
    "sequence" INTEGER NOT NULL,
    "state" JSONB NOT NULL,
    "reopened_by" TEXT,
    "ended_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "ended_state_pkey" PRIMARY KEY ("instance_id","sequence")
);

-- AddForeignKey
ALTER TABLE "ended_state" ADD CONSTRAINT "ended_state_instance_id_fkey" FOREIGN KEY ("instance_id") REFERENCES "process_instance"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
