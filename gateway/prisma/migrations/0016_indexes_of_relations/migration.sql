-- CreateIndex
CREATE INDEX "user_task_assignee_status_idx" ON "user_task"("assignee", "status");

-- CreateIndex
CREATE INDEX "user_task_unit_status_idx" ON "user_task"("unit", "status");

-- CreateIndex
CREATE INDEX "user_task_completed_by_ended_at_idx" ON "user_task"("completed_by", "ended_at");

-- CreateIndex
CREATE INDEX "user_task_performed_by_idx" ON "user_task" USING GIN ("performed_by");

-- CreateIndex
CREATE INDEX "encounter_ended_at_ward_id_idx" ON "encounter"("ended_at", "ward_id");
