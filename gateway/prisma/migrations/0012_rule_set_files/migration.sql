-- CreateTable
CREATE TABLE "rule_set_file" (
    "id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "revision" INTEGER NOT NULL,
    "draft_id" UUID NOT NULL,
    "format" TEXT NOT NULL,
    "decision_id" TEXT NOT NULL,
    "content" BYTEA NOT NULL,
    "hash" TEXT NOT NULL,
    "findings" JSONB NOT NULL,
    "imported_at" TIMESTAMPTZ(3) NOT NULL,
    "imported_by" TEXT NOT NULL,

    CONSTRAINT "rule_set_file_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "rule_set_file_key_imported_at_idx" ON "rule_set_file"("key", "imported_at");

-- What a rule set was made of is evidence: the table only grows. See 0002_append_only.
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON rule_set_file FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE rule_set_file ENABLE ALWAYS TRIGGER append_only;
