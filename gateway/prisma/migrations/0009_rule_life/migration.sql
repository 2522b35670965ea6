-- AlterTable
ALTER TABLE "rule_set_version" ADD COLUMN "review_id" UUID;

-- CreateTable
CREATE TABLE "rule_set_draft" (
    "key" TEXT NOT NULL,
    "draft_id" UUID NOT NULL,
    "revision" INTEGER NOT NULL,
    "document" JSONB NOT NULL,
    "hash" TEXT NOT NULL,
    "based_on" TEXT,
    "saved_at" TIMESTAMPTZ(3) NOT NULL,
    "saved_by" TEXT NOT NULL,
    "editors" TEXT[],
    "review_id" UUID,

    CONSTRAINT "rule_set_draft_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "rule_set_revision" (
    "key" TEXT NOT NULL,
    "revision" INTEGER NOT NULL,
    "draft_id" UUID NOT NULL,
    "document" JSONB NOT NULL,
    "hash" TEXT NOT NULL,
    "saved_at" TIMESTAMPTZ(3) NOT NULL,
    "saved_by" TEXT NOT NULL,
    "reason" TEXT,

    CONSTRAINT "rule_set_revision_pkey" PRIMARY KEY ("key","revision")
);

-- CreateTable
CREATE TABLE "rule_set_review" (
    "id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "draft_id" UUID NOT NULL,
    "revision" INTEGER NOT NULL,
    "version" TEXT NOT NULL,
    "document" JSONB NOT NULL,
    "hash" TEXT NOT NULL,
    "requested_at" TIMESTAMPTZ(3) NOT NULL,
    "requested_by" TEXT NOT NULL,
    "comment" TEXT NOT NULL,
    "effective_at" TIMESTAMPTZ(3),
    "editors" TEXT[],

    CONSTRAINT "rule_set_review_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rule_set_verdict" (
    "review_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "decided_at" TIMESTAMPTZ(3) NOT NULL,
    "decided_by" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "comment" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "effective_at" TIMESTAMPTZ(3),

    CONSTRAINT "rule_set_verdict_pkey" PRIMARY KEY ("review_id")
);

-- CreateTable
CREATE TABLE "rule_set_recall" (
    "key" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "recalled_at" TIMESTAMPTZ(3) NOT NULL,
    "recalled_by" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "in_effect_instead" TEXT NOT NULL,

    CONSTRAINT "rule_set_recall_pkey" PRIMARY KEY ("key","version")
);

-- CreateTable
CREATE TABLE "recalled_case" (
    "key" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "instance_id" UUID NOT NULL,

    CONSTRAINT "recalled_case_pkey" PRIMARY KEY ("key","version","instance_id")
);

-- CreateTable
CREATE TABLE "rule_suspension" (
    "id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "rule_id" TEXT NOT NULL,
    "suspended_at" TIMESTAMPTZ(3) NOT NULL,
    "suspended_by" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "reason" TEXT NOT NULL,

    CONSTRAINT "rule_suspension_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rule_suspension_act" (
    "suspension_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "act_by" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "reason" TEXT NOT NULL,

    CONSTRAINT "rule_suspension_act_pkey" PRIMARY KEY ("suspension_id","kind")
);

-- CreateTable
CREATE TABLE "rule_signature" (
    "id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "rule_id" TEXT NOT NULL,
    "rule_hash" TEXT NOT NULL,
    "signed_at" TIMESTAMPTZ(3) NOT NULL,
    "signed_by" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "reason" TEXT NOT NULL,

    CONSTRAINT "rule_signature_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rule_set_command" (
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "result" JSONB NOT NULL,
    "acted_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "rule_set_command_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rule_set_change" (
    "id" BIGSERIAL NOT NULL,
    "key" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "version" TEXT,
    "rule_id" TEXT,
    "pass" INTEGER NOT NULL DEFAULT 0,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "spread_at" TIMESTAMPTZ(3),

    CONSTRAINT "rule_set_change_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "rule_set_review_key_requested_at_idx" ON "rule_set_review"("key", "requested_at");

-- CreateIndex
CREATE INDEX "rule_suspension_key_idx" ON "rule_suspension"("key");

-- CreateIndex
CREATE INDEX "rule_signature_key_rule_hash_idx" ON "rule_signature"("key", "rule_hash");

-- CreateIndex
CREATE INDEX "rule_set_change_spread_at_due_at_idx" ON "rule_set_change"("spread_at", "due_at");

-- CreateIndex
CREATE INDEX "decision_rule_set_version_idx" ON "decision"("rule_set", "version");

-- AddForeignKey
ALTER TABLE "rule_set_verdict" ADD CONSTRAINT "rule_set_verdict_review_id_fkey" FOREIGN KEY ("review_id") REFERENCES "rule_set_review"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "recalled_case" ADD CONSTRAINT "recalled_case_key_version_fkey" FOREIGN KEY ("key", "version") REFERENCES "rule_set_recall"("key", "version") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "rule_suspension_act" ADD CONSTRAINT "rule_suspension_act_suspension_id_fkey" FOREIGN KEY ("suspension_id") REFERENCES "rule_suspension"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Who wrote, approved, signed, suspended or recalled a rule is evidence: these tables only grow. See 0002_append_only.
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON rule_set_revision FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON rule_set_review FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON rule_set_verdict FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON rule_set_recall FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON recalled_case FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON rule_suspension FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON rule_suspension_act FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON rule_signature FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON rule_set_command FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE rule_set_revision ENABLE ALWAYS TRIGGER append_only;
ALTER TABLE rule_set_review ENABLE ALWAYS TRIGGER append_only;
ALTER TABLE rule_set_verdict ENABLE ALWAYS TRIGGER append_only;
ALTER TABLE rule_set_recall ENABLE ALWAYS TRIGGER append_only;
ALTER TABLE recalled_case ENABLE ALWAYS TRIGGER append_only;
ALTER TABLE rule_suspension ENABLE ALWAYS TRIGGER append_only;
ALTER TABLE rule_suspension_act ENABLE ALWAYS TRIGGER append_only;
ALTER TABLE rule_signature ENABLE ALWAYS TRIGGER append_only;
ALTER TABLE rule_set_command ENABLE ALWAYS TRIGGER append_only;

-- A published version stays what it is. The one thing that can happen to it is a recall.
CREATE FUNCTION keep_rule_set_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND OLD.status = 'published' AND NEW.status = 'recalled' AND to_jsonb(NEW) - 'status' = to_jsonb(OLD) - 'status' THEN RETURN NEW; END IF;
  RAISE EXCEPTION 'Expected published rule set versions to stay, but found %', TG_OP
    USING ERRCODE = 'restrict_violation', HINT = 'Publish a new version, or recall this one.';
END
$$;
CREATE TRIGGER keep_version BEFORE UPDATE OR DELETE ON rule_set_version FOR EACH ROW EXECUTE FUNCTION keep_rule_set_version();
CREATE TRIGGER keep_versions BEFORE TRUNCATE ON rule_set_version FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE rule_set_version ENABLE ALWAYS TRIGGER keep_version;
ALTER TABLE rule_set_version ENABLE ALWAYS TRIGGER keep_versions;
