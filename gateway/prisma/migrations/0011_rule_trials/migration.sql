-- AlterTable
ALTER TABLE "decision" ADD COLUMN "judged_at" TIMESTAMPTZ(3);
ALTER TABLE "decision" ADD COLUMN "found" TEXT[];
ALTER TABLE "decision" ADD COLUMN "suspended" TEXT[];

-- CreateTable
CREATE TABLE "rule_backtest" (
    "id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "candidate" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,
    "wards" TEXT[],
    "requested_at" TIMESTAMPTZ(3) NOT NULL,
    "requested_by" TEXT NOT NULL,

    CONSTRAINT "rule_backtest_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rule_backtest_progress" (
    "backtest_id" UUID NOT NULL,
    "beat_at" TIMESTAMPTZ(3) NOT NULL,
    "started_at" TIMESTAMPTZ(3),
    "read" INTEGER NOT NULL DEFAULT 0,
    "total" INTEGER,

    CONSTRAINT "rule_backtest_progress_pkey" PRIMARY KEY ("backtest_id")
);

-- CreateTable
CREATE TABLE "rule_backtest_result" (
    "backtest_id" UUID NOT NULL,
    "finished_at" TIMESTAMPTZ(3) NOT NULL,
    "tally" JSONB,
    "failure" TEXT,

    CONSTRAINT "rule_backtest_result_pkey" PRIMARY KEY ("backtest_id")
);

-- CreateTable
CREATE TABLE "rule_backtest_change" (
    "id" BIGSERIAL NOT NULL,
    "backtest_id" UUID NOT NULL,
    "decision_id" UUID NOT NULL,
    "decided_at" TIMESTAMPTZ(3) NOT NULL,
    "level_before" TEXT NOT NULL,
    "level_after" TEXT NOT NULL,
    "found_before" TEXT[],
    "found_after" TEXT[],
    "failure" TEXT,
    "ward" TEXT,
    "drug" TEXT,

    CONSTRAINT "rule_backtest_change_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rule_case" (
    "id" UUID NOT NULL,
    "revision" INTEGER NOT NULL,
    "key" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "facts" JSONB NOT NULL,
    "observed_at" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "expected" JSONB NOT NULL,
    "tags" TEXT[],
    "saved_at" TIMESTAMPTZ(3) NOT NULL,
    "saved_by" TEXT NOT NULL,
    "from_decision" UUID,
    "is_deleted" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "rule_case_pkey" PRIMARY KEY ("id","revision")
);

-- CreateTable
CREATE TABLE "rule_shadow" (
    "id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "candidate" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "document" JSONB NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "started_by" TEXT NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "hourly_limit" INTEGER NOT NULL,

    CONSTRAINT "rule_shadow_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rule_shadow_end" (
    "shadow_id" UUID NOT NULL,
    "ended_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_by" TEXT NOT NULL,
    "reason" TEXT NOT NULL,

    CONSTRAINT "rule_shadow_end_pkey" PRIMARY KEY ("shadow_id")
);

-- CreateTable
CREATE TABLE "rule_shadow_hour" (
    "shadow_id" UUID NOT NULL,
    "hour" TIMESTAMPTZ(3) NOT NULL,
    "judged" INTEGER NOT NULL DEFAULT 0,
    "differing" INTEGER NOT NULL DEFAULT 0,
    "not_comparable" INTEGER NOT NULL DEFAULT 0,
    "skipped" INTEGER NOT NULL DEFAULT 0,
    "kept" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "rule_shadow_hour_pkey" PRIMARY KEY ("shadow_id","hour")
);

-- CreateTable
CREATE TABLE "rule_shadow_difference" (
    "id" BIGSERIAL NOT NULL,
    "shadow_id" UUID NOT NULL,
    "decision_id" UUID NOT NULL,
    "decided_at" TIMESTAMPTZ(3) NOT NULL,
    "level_before" TEXT NOT NULL,
    "level_after" TEXT NOT NULL,
    "found_before" TEXT[],
    "found_after" TEXT[],
    "failure" TEXT,

    CONSTRAINT "rule_shadow_difference_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "decision_rule_set_decided_at_idx" ON "decision"("rule_set", "decided_at");

-- CreateIndex
CREATE INDEX "rule_backtest_key_requested_at_idx" ON "rule_backtest"("key", "requested_at");

-- CreateIndex
CREATE INDEX "rule_backtest_change_backtest_id_id_idx" ON "rule_backtest_change"("backtest_id", "id");

-- CreateIndex
CREATE INDEX "rule_case_key_idx" ON "rule_case"("key");

-- CreateIndex
CREATE INDEX "rule_shadow_key_started_at_idx" ON "rule_shadow"("key", "started_at");

-- CreateIndex
CREATE UNIQUE INDEX "rule_shadow_difference_shadow_id_decision_id_key" ON "rule_shadow_difference"("shadow_id", "decision_id");

-- AddForeignKey
ALTER TABLE "rule_backtest_progress" ADD CONSTRAINT "rule_backtest_progress_backtest_id_fkey" FOREIGN KEY ("backtest_id") REFERENCES "rule_backtest"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "rule_backtest_result" ADD CONSTRAINT "rule_backtest_result_backtest_id_fkey" FOREIGN KEY ("backtest_id") REFERENCES "rule_backtest"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "rule_shadow_end" ADD CONSTRAINT "rule_shadow_end_shadow_id_fkey" FOREIGN KEY ("shadow_id") REFERENCES "rule_shadow"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What was tried before a rule took effect, and what came of it, is evidence: these tables only grow. See 0002_append_only.
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON rule_backtest FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON rule_backtest_result FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON rule_backtest_change FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON rule_case FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON rule_shadow FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON rule_shadow_end FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON rule_shadow_difference FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE rule_backtest ENABLE ALWAYS TRIGGER append_only;
ALTER TABLE rule_backtest_result ENABLE ALWAYS TRIGGER append_only;
ALTER TABLE rule_backtest_change ENABLE ALWAYS TRIGGER append_only;
ALTER TABLE rule_case ENABLE ALWAYS TRIGGER append_only;
ALTER TABLE rule_shadow ENABLE ALWAYS TRIGGER append_only;
ALTER TABLE rule_shadow_end ENABLE ALWAYS TRIGGER append_only;
ALTER TABLE rule_shadow_difference ENABLE ALWAYS TRIGGER append_only;
