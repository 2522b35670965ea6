-- DropIndex
DROP INDEX "emergency_access_reviewed_at_started_at_idx";

-- AlterTable
ALTER TABLE "outbox_event" ADD COLUMN     "person_id" TEXT;

-- AlterTable
ALTER TABLE "emergency_access" DROP COLUMN "review_comment",
DROP COLUMN "review_outcome",
DROP COLUMN "reviewed_at",
DROP COLUMN "reviewed_by";

-- CreateTable
CREATE TABLE "emergency_access_review" (
    "id" UUID NOT NULL,
    "access_id" UUID NOT NULL,
    "outcome" TEXT NOT NULL,
    "comment" TEXT NOT NULL,
    "reviewed_by" TEXT NOT NULL,
    "reviewed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "emergency_access_review_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "patient_access_command" (
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "result" JSONB NOT NULL,
    "acted_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "patient_access_command_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "emergency_access_review_access_id_reviewed_at_idx" ON "emergency_access_review"("access_id", "reviewed_at");

-- CreateIndex
CREATE INDEX "emergency_access_patient_id_started_at_idx" ON "emergency_access"("patient_id", "started_at");

-- CreateIndex
CREATE INDEX "emergency_access_started_at_idx" ON "emergency_access"("started_at");

-- AddForeignKey
ALTER TABLE "emergency_access_review" ADD CONSTRAINT "emergency_access_review_access_id_fkey" FOREIGN KEY ("access_id") REFERENCES "emergency_access"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- A patient has a label once at a time.
CREATE UNIQUE INDEX "sensitivity_label_in_force_key" ON "sensitivity_label"("patient_id", "code") WHERE "removed_at" IS NULL;
-- Of those whose time can come: the clock of the ends reads these only.
CREATE INDEX "emergency_access_open_idx" ON "emergency_access"("expires_at") WHERE "ended_at" IS NULL;
CREATE INDEX "care_team_member_open_idx" ON "care_team_member"("valid_until") WHERE "ended_at" IS NULL;
-- How often somebody has searched, and what somebody did about a patient in a span of time.
CREATE INDEX "audit_entry_patient_searched_idx" ON "audit_entry"("actor_id", "recorded_at") WHERE "action" = 'patient.searched';

ALTER TABLE "emergency_access"
  ADD CONSTRAINT "emergency_access_reason_code_check" CHECK ("reason_code" IN ('resuscitation', 'urgent-treatment', 'cover-without-record', 'other')),
  ADD CONSTRAINT "emergency_access_expires_at_check" CHECK ("expires_at" > "started_at" AND "expires_at" <= "started_at" + interval '4 hours'),
  ADD CONSTRAINT "emergency_access_ended_at_check" CHECK ("ended_at" >= "started_at" AND "ended_at" <= "expires_at");
ALTER TABLE "emergency_access_review"
  ADD CONSTRAINT "emergency_access_review_outcome_check" CHECK ("outcome" IN ('justified', 'not-justified', 'needs-inquiry'));
ALTER TABLE "care_team_member"
  ADD CONSTRAINT "care_team_member_reason_code_check" CHECK ("reason_code" IN ('consultation', 'transfer', 'follow-up')),
  ADD CONSTRAINT "care_team_member_valid_until_check" CHECK ("valid_until" > "valid_from" AND "valid_until" <= "valid_from" + interval '30 days'),
  ADD CONSTRAINT "care_team_member_ended_at_check" CHECK ("ended_at" <= "valid_until");
ALTER TABLE "sensitivity_label"
  ADD CONSTRAINT "sensitivity_label_code_check" CHECK ("code" IN ('HIV', 'PSY', 'CEL')),
  ADD CONSTRAINT "sensitivity_label_removed_check" CHECK (("removed_at" IS NULL) = ("removed_by" IS NULL));

-- Who reached whom, and what was found about it, is evidence. See 0002_append_only.
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON emergency_access_review FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON patient_access_command FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE emergency_access_review ENABLE ALWAYS TRIGGER append_only;
ALTER TABLE patient_access_command ENABLE ALWAYS TRIGGER append_only;

-- What can happen to an access, a membership or a label is its end, once; it never lasts longer than was granted.
CREATE FUNCTION keep_until_ended() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  ending text[] := TG_ARGV;
BEGIN
  IF TG_OP = 'UPDATE' AND to_jsonb(OLD) ->> ending[0] IS NULL AND to_jsonb(NEW) ->> ending[0] IS NOT NULL AND to_jsonb(NEW) - ending = to_jsonb(OLD) - ending THEN RETURN NEW; END IF;
  RAISE EXCEPTION 'Expected a row of % to end once and to stay otherwise, but found %', TG_TABLE_NAME, TG_OP
    USING ERRCODE = 'restrict_violation', HINT = 'Add a new row.';
END
$$;
CREATE TRIGGER keep_until_ended BEFORE UPDATE OR DELETE ON emergency_access FOR EACH ROW EXECUTE FUNCTION keep_until_ended('ended_at');
CREATE TRIGGER keep_until_ended BEFORE UPDATE OR DELETE ON care_team_member FOR EACH ROW EXECUTE FUNCTION keep_until_ended('ended_at', 'ended_by');
CREATE TRIGGER keep_until_ended BEFORE UPDATE OR DELETE ON sensitivity_label FOR EACH ROW EXECUTE FUNCTION keep_until_ended('removed_at', 'removed_by');
CREATE TRIGGER keep_all BEFORE TRUNCATE ON emergency_access FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER keep_all BEFORE TRUNCATE ON care_team_member FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER keep_all BEFORE TRUNCATE ON sensitivity_label FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
ALTER TABLE emergency_access ENABLE ALWAYS TRIGGER keep_until_ended;
ALTER TABLE care_team_member ENABLE ALWAYS TRIGGER keep_until_ended;
ALTER TABLE sensitivity_label ENABLE ALWAYS TRIGGER keep_until_ended;
ALTER TABLE emergency_access ENABLE ALWAYS TRIGGER keep_all;
ALTER TABLE care_team_member ENABLE ALWAYS TRIGGER keep_all;
ALTER TABLE sensitivity_label ENABLE ALWAYS TRIGGER keep_all;
