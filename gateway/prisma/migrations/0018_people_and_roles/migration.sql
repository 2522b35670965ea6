-- Assignments become the one source of a person's roles.
CREATE EXTENSION IF NOT EXISTS btree_gist;

DO $$
DECLARE
  mixed integer;
BEGIN
  SELECT count(*) INTO mixed FROM "user" WHERE cardinality(roles) > 1 AND roles && ARRAY['system-administrator', 'security-administrator', 'auditor'];
  IF mixed > 0 THEN
    RAISE EXCEPTION 'Expected nobody to have an administrator role (system-administrator, security-administrator, auditor) beside another role, but % people have; take one of the roles from each, then migrate again', mixed;
  END IF;
END
$$;

INSERT INTO role_assignment (id, user_id, role, unit, reason, valid_from, granted_by)
SELECT gen_random_uuid(), u.id, given.role, nullif(u.unit, ''), 'from the account', u.created_at, 'migration 0018'
FROM "user" u CROSS JOIN LATERAL (SELECT DISTINCT unnest(u.roles)) AS given (role)
WHERE NOT EXISTS (SELECT FROM role_assignment a WHERE a.user_id = u.id AND a.role = given.role);

-- The licences of those who work today are not known: a month to record them, so that no ward stands still.
INSERT INTO qualification (id, user_id, code, valid_from, valid_until, recorded_by)
SELECT DISTINCT ON (u.id, needed.code) gen_random_uuid(), u.id, needed.code, u.created_at, now() + interval '30 days', 'migration 0018'
FROM "user" u JOIN (VALUES ('doctor', 'physician-licence'), ('nurse', 'nurse-licence'), ('head-nurse', 'nurse-licence'), ('pharmacist', 'pharmacist-licence')) AS needed (role, code) ON needed.role = ANY (u.roles)
WHERE NOT EXISTS (SELECT FROM qualification q WHERE q.user_id = u.id AND q.code = needed.code);

-- AlterTable
ALTER TABLE "user" DROP COLUMN "roles",
DROP COLUMN "unit",
ADD COLUMN     "disabled_at" TIMESTAMPTZ(3),
ADD COLUMN     "disabled_by" TEXT,
ADD COLUMN     "staff_number" TEXT;

-- AlterTable
ALTER TABLE "role_assignment" ADD COLUMN     "absence_id" UUID,
ADD COLUMN     "confirmed_by" TEXT,
ADD COLUMN     "end_reason" TEXT,
ADD COLUMN     "source_id" UUID;

-- CreateTable
CREATE TABLE "role_proposal" (
    "id" UUID NOT NULL,
    "user_id" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "valid_from" TIMESTAMPTZ(3) NOT NULL,
    "proposed_by" TEXT NOT NULL,
    "proposed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "decided_by" TEXT,
    "decided_at" TIMESTAMPTZ(3),
    "outcome" TEXT,

    CONSTRAINT "role_proposal_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "absence" (
    "id" UUID NOT NULL,
    "user_id" TEXT NOT NULL,
    "substitute_id" TEXT NOT NULL,
    "starts_at" TIMESTAMPTZ(3) NOT NULL,
    "ends_at" TIMESTAMPTZ(3) NOT NULL,
    "reason" TEXT NOT NULL,
    "entered_by" TEXT NOT NULL,
    "entered_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_at" TIMESTAMPTZ(3),
    "ended_by" TEXT,
    "tasks_passed_at" TIMESTAMPTZ(3),

    CONSTRAINT "absence_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "people_command" (
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "result" JSONB NOT NULL,
    "acted_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "people_command_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "role_proposal_user_id_idx" ON "role_proposal"("user_id");

-- CreateIndex
CREATE INDEX "absence_user_id_idx" ON "absence"("user_id");

-- CreateIndex
CREATE INDEX "absence_tasks_passed_at_starts_at_idx" ON "absence"("tasks_passed_at", "starts_at");

-- CreateIndex
CREATE UNIQUE INDEX "user_staff_number_key" ON "user"("staff_number");

-- CreateIndex
CREATE INDEX "role_assignment_source_id_idx" ON "role_assignment"("source_id");

-- CreateIndex
CREATE INDEX "role_assignment_role_unit_idx" ON "role_assignment"("role", "unit");

-- AddForeignKey
ALTER TABLE "role_assignment" ADD CONSTRAINT "role_assignment_source_id_fkey" FOREIGN KEY ("source_id") REFERENCES "role_assignment"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "role_assignment" ADD CONSTRAINT "role_assignment_absence_id_fkey" FOREIGN KEY ("absence_id") REFERENCES "absence"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "role_proposal" ADD CONSTRAINT "role_proposal_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "absence" ADD CONSTRAINT "absence_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What a passed-on role needs, and what is never passed on.
ALTER TABLE role_assignment ADD CONSTRAINT role_assignment_period CHECK (valid_until > valid_from);
ALTER TABLE role_assignment ADD CONSTRAINT role_assignment_passed_on CHECK (
  CASE kind
    WHEN 'regular' THEN source_id IS NULL AND on_behalf_of IS NULL
    WHEN 'delegation' THEN source_id IS NOT NULL AND on_behalf_of IS NOT NULL AND valid_until IS NOT NULL
    WHEN 'substitution' THEN source_id IS NOT NULL AND on_behalf_of IS NOT NULL AND valid_until IS NOT NULL AND absence_id IS NOT NULL
    ELSE false
  END
  AND (kind = 'regular' OR (on_behalf_of <> user_id AND role NOT IN ('system-administrator', 'security-administrator', 'auditor', 'privacy-officer')))
);
ALTER TABLE absence ADD CONSTRAINT absence_period CHECK (ends_at > starts_at AND substitute_id <> user_id);

-- System, security and audit administrators exclude each other and every other role of the same person at the same time
-- (GB/T 22239 8.1.5). A constraint, not a trigger: it also holds between transactions that do not see each other.
ALTER TABLE role_assignment ADD CONSTRAINT role_assignment_exclusive EXCLUDE USING gist (
  user_id WITH =,
  (CASE WHEN role IN ('system-administrator', 'security-administrator', 'auditor') THEN role ELSE '' END) WITH <>,
  tstzrange(valid_from, CASE WHEN coalesce(valid_until, ended_at) IS NOT NULL THEN greatest(valid_from, least(valid_until, ended_at)) END) WITH &&
);
