-- CreateTable
CREATE TABLE "cds_card" (
    "id" UUID NOT NULL,
    "service" TEXT NOT NULL,
    "hook_instance" TEXT NOT NULL,
    "client_id" TEXT NOT NULL,
    "patient_id" TEXT NOT NULL,
    "rule_set" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "rule_id" TEXT NOT NULL,
    "level" TEXT NOT NULL,
    "issued_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "cds_card_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "cds_feedback" (
    "card_id" UUID NOT NULL,
    "fact_key" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "reason_code" TEXT,
    "outcome_at" TIMESTAMPTZ(3),
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "cds_feedback_pkey" PRIMARY KEY ("card_id","fact_key")
);

-- CreateIndex
CREATE INDEX "cds_card_rule_set_rule_id_issued_at_idx" ON "cds_card"("rule_set", "rule_id", "issued_at");

-- AddForeignKey
ALTER TABLE "cds_feedback" ADD CONSTRAINT "cds_feedback_card_id_fkey" FOREIGN KEY ("card_id") REFERENCES "cds_card"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON cds_card FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON cds_feedback FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE cds_card ENABLE ALWAYS TRIGGER append_only;
ALTER TABLE cds_feedback ENABLE ALWAYS TRIGGER append_only;
