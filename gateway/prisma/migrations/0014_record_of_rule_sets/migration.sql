-- CreateIndex
CREATE INDEX "audit_entry_rule_set_id_idx" ON "audit_entry"("rule_set", "id");
