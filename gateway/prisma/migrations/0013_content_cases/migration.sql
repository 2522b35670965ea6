-- CreateTable
CREATE TABLE "rule_content_cases" (
    "id" BIGSERIAL NOT NULL,
    "key" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "cases" JSONB NOT NULL,
    "loaded_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "rule_content_cases_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rule_content_case_mark" (
    "case_id" UUID NOT NULL,
    "revision" INTEGER NOT NULL,
    "key" TEXT NOT NULL,
    "is_superseded" BOOLEAN NOT NULL,
    "reason" TEXT NOT NULL,
    "marked_at" TIMESTAMPTZ(3) NOT NULL,
    "marked_by" TEXT NOT NULL,

    CONSTRAINT "rule_content_case_mark_pkey" PRIMARY KEY ("case_id","revision")
);

-- CreateTable
CREATE TABLE "rule_shadow_writer" (
    "shadow_id" UUID NOT NULL,
    "writer" UUID NOT NULL,
    "batch" INTEGER NOT NULL,

    CONSTRAINT "rule_shadow_writer_pkey" PRIMARY KEY ("shadow_id","writer")
);

-- CreateIndex
CREATE INDEX "rule_content_cases_key_idx" ON "rule_content_cases"("key");

-- CreateIndex
CREATE INDEX "rule_content_case_mark_key_idx" ON "rule_content_case_mark"("key");

-- What cases came with the content, and which of them the owner set aside and why, is evidence: see 0002_append_only.
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON rule_content_cases FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON rule_content_case_mark FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE rule_content_cases ENABLE ALWAYS TRIGGER append_only;
ALTER TABLE rule_content_case_mark ENABLE ALWAYS TRIGGER append_only;
