-- CreateTable
CREATE TABLE "client_command" (
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "result" JSONB NOT NULL,
    "acted_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "client_command_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sign_on_logout" (
    "id" UUID NOT NULL,
    "issuer" TEXT NOT NULL,
    "subject" TEXT,
    "sid" TEXT,
    "issued_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sign_on_logout_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "sign_on_logout_issuer_subject_idx" ON "sign_on_logout"("issuer", "subject");

-- CreateIndex
CREATE INDEX "sign_on_logout_issuer_sid_idx" ON "sign_on_logout"("issuer", "sid");

-- AlterTable
ALTER TABLE "outbox_event" ADD COLUMN     "patient_id" TEXT;

-- Who sees what of a patient changes with their labels, their stay, their care team and emergency accesses, whoever writes these:
-- streams hear of it by the outbox. `unit` is the ward that the patient has left. Open cases and tasks are told again, since what is
-- shown of them changes too.
CREATE FUNCTION tell_rights_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  former jsonb := CASE WHEN TG_OP = 'INSERT' THEN '{}' ELSE to_jsonb(OLD) END;
  present jsonb := CASE WHEN TG_OP = 'DELETE' THEN '{}' ELSE to_jsonb(NEW) END;
  whose text := COALESCE(present ->> 'patient_id', former ->> 'patient_id');
BEGIN
  INSERT INTO outbox_event (topic, patient_id, unit, person_id) VALUES ('access', whose, former ->> 'ward_id', COALESCE(present ->> 'user_id', former ->> 'user_id'));
  INSERT INTO outbox_event (topic, instance_id, unit) SELECT 'instance', id, unit FROM process_instance WHERE patient_id = whose AND ended_at IS NULL;
  INSERT INTO outbox_event (topic, instance_id, task_id, unit) SELECT 'task', instance_id, id, unit FROM user_task WHERE patient_id = whose AND status = 'open';
  PERFORM pg_notify('careloop_outbox', '');
  RETURN NULL;
END
$$;
CREATE TRIGGER tell_rights_changed AFTER INSERT OR UPDATE ON sensitivity_label FOR EACH ROW EXECUTE FUNCTION tell_rights_changed();
CREATE TRIGGER tell_rights_changed AFTER INSERT OR UPDATE ON care_team_member FOR EACH ROW EXECUTE FUNCTION tell_rights_changed();
CREATE TRIGGER tell_rights_changed AFTER INSERT OR UPDATE ON emergency_access FOR EACH ROW EXECUTE FUNCTION tell_rights_changed();
CREATE TRIGGER tell_rights_changed AFTER INSERT OR UPDATE OF patient_id, ward_id, ended_at OR DELETE ON encounter FOR EACH ROW EXECUTE FUNCTION tell_rights_changed();
