-- CreateTable
CREATE TABLE "process_bundle" (
    "hash" TEXT NOT NULL,
    "process_key" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "bytes" BYTEA NOT NULL,
    "forms" JSONB NOT NULL,
    "is_current" BOOLEAN NOT NULL DEFAULT false,
    "published_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "published_by" TEXT NOT NULL,

    CONSTRAINT "process_bundle_pkey" PRIMARY KEY ("hash")
);

-- CreateTable
CREATE TABLE "process_instance" (
    "id" UUID NOT NULL,
    "process_key" TEXT NOT NULL,
    "business_key" TEXT NOT NULL,
    "bundle_hash" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'created',
    "patient_id" TEXT,
    "unit" TEXT,
    "started_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "sequence" INTEGER NOT NULL DEFAULT 0,
    "active_elements" JSONB NOT NULL DEFAULT '[]',
    "path" JSONB NOT NULL DEFAULT '[]',
    "variables" JSONB NOT NULL DEFAULT '{}',
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "process_instance_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "recorded_batch" (
    "instance_id" UUID NOT NULL,
    "sequence" INTEGER NOT NULL,
    "digest" TEXT NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "recorded_batch_pkey" PRIMARY KEY ("instance_id","sequence")
);

-- CreateTable
CREATE TABLE "user_task" (
    "id" TEXT NOT NULL,
    "instance_id" UUID NOT NULL,
    "task_id" TEXT NOT NULL,
    "element_id" TEXT NOT NULL,
    "element_instance_id" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'open',
    "candidate_roles" TEXT[],
    "unit" TEXT,
    "assignee" TEXT,
    "form" TEXT NOT NULL,
    "due_at" TIMESTAMPTZ(3),
    "priority" INTEGER NOT NULL DEFAULT 50,
    "patient_id" TEXT,
    "input" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "completed_by" TEXT,

    CONSTRAINT "user_task_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "incident" (
    "id" TEXT NOT NULL,
    "instance_id" UUID NOT NULL,
    "incident_id" TEXT NOT NULL,
    "element_id" TEXT NOT NULL,
    "element_instance_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "message" TEXT NOT NULL,
    "allowed" TEXT[],
    "raised_at" TIMESTAMPTZ(3) NOT NULL,
    "resolved_at" TIMESTAMPTZ(3),
    "resolved_by" TEXT,

    CONSTRAINT "incident_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "message_subscription" (
    "id" TEXT NOT NULL,
    "instance_id" UUID NOT NULL,
    "subscription_id" TEXT NOT NULL,
    "element_id" TEXT NOT NULL,
    "message" TEXT NOT NULL,
    "correlation_key" TEXT NOT NULL,

    CONSTRAINT "message_subscription_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "inbox_command" (
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "instance_id" UUID,
    "caller_id" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "payload_digest" TEXT NOT NULL,
    "actor" JSONB NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'received',
    "outcome" JSONB,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_attempt_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "settled_at" TIMESTAMPTZ(3),

    CONSTRAINT "inbox_command_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "payload_blob" (
    "hash" TEXT NOT NULL,
    "bytes" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "payload_blob_pkey" PRIMARY KEY ("hash")
);

-- CreateTable
CREATE TABLE "outbox_event" (
    "id" BIGSERIAL NOT NULL,
    "topic" TEXT NOT NULL,
    "instance_id" UUID,
    "task_id" TEXT,
    "unit" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "outbox_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ledger_step" (
    "id" BIGSERIAL NOT NULL,
    "loop" TEXT NOT NULL,
    "item" TEXT NOT NULL,
    "step" TEXT NOT NULL,
    "instance_id" UUID,
    "element_id" TEXT,
    "actor_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "sequence" INTEGER,

    CONSTRAINT "ledger_step_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rule_set_version" (
    "key" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "document" JSONB NOT NULL,
    "hash" TEXT NOT NULL,
    "effective_at" TIMESTAMPTZ(3) NOT NULL,
    "published_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "published_by" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'published',

    CONSTRAINT "rule_set_version_pkey" PRIMARY KEY ("key","version")
);

-- CreateTable
CREATE TABLE "decision" (
    "id" UUID NOT NULL,
    "rule_set" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "instance_id" UUID,
    "element_id" TEXT,
    "patient_id" TEXT,
    "level" TEXT NOT NULL,
    "facts" JSONB NOT NULL,
    "explanation" JSONB NOT NULL,
    "decided_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "decision_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_entry" (
    "id" BIGSERIAL NOT NULL,
    "fact_id" TEXT NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "device_at" TIMESTAMPTZ(3),
    "time_source" TEXT,
    "late_entry" BOOLEAN NOT NULL DEFAULT false,
    "actor_id" TEXT NOT NULL,
    "actor_kind" TEXT NOT NULL,
    "actor_roles" TEXT[],
    "actor_unit" TEXT,
    "on_behalf_of" TEXT,
    "action" TEXT NOT NULL,
    "process_key" TEXT,
    "instance_id" UUID,
    "element_id" TEXT,
    "element_instance_id" TEXT,
    "task_id" TEXT,
    "patient_id" TEXT,
    "reason" TEXT,
    "rule_set" TEXT,
    "rule_set_version" TEXT,
    "decision_id" TEXT,
    "corrects" TEXT,
    "payload" JSONB,

    CONSTRAINT "audit_entry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_leaf" (
    "index" BIGINT NOT NULL,
    "entry_id" BIGINT NOT NULL,
    "leaf_hash" TEXT NOT NULL,

    CONSTRAINT "audit_leaf_pkey" PRIMARY KEY ("index")
);

-- CreateTable
CREATE TABLE "audit_tree_head" (
    "size" BIGINT NOT NULL,
    "root_hash" TEXT NOT NULL,
    "key_id" TEXT NOT NULL,
    "signature" TEXT NOT NULL,
    "signed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "audit_tree_head_pkey" PRIMARY KEY ("size")
);

-- CreateTable
CREATE TABLE "data_key" (
    "key_id" TEXT NOT NULL,
    "scope" TEXT NOT NULL,
    "wrapped_key" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "destroyed_at" TIMESTAMPTZ(3),

    CONSTRAINT "data_key_pkey" PRIMARY KEY ("key_id")
);

-- CreateTable
CREATE TABLE "user" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "email_verified" BOOLEAN NOT NULL DEFAULT false,
    "image" TEXT,
    "username" TEXT,
    "display_username" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "roles" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "unit" TEXT,
    "badge" TEXT,

    CONSTRAINT "user_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "session" (
    "id" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "token" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "ip_address" TEXT,
    "user_agent" TEXT,
    "user_id" TEXT NOT NULL,

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "account" (
    "id" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "provider_id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "access_token" TEXT,
    "refresh_token" TEXT,
    "id_token" TEXT,
    "access_token_expires_at" TIMESTAMPTZ(3),
    "refresh_token_expires_at" TIMESTAMPTZ(3),
    "scope" TEXT,
    "password" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "verification" (
    "id" TEXT NOT NULL,
    "identifier" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "verification_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "system_client" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "secret_hash" TEXT NOT NULL,
    "roles" TEXT[],
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "system_client_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ward" (
    "id" TEXT NOT NULL,
    "name" JSONB NOT NULL,

    CONSTRAINT "ward_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "patient" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "gender" TEXT NOT NULL,
    "birth_date" DATE NOT NULL,
    "is_synthetic" BOOLEAN NOT NULL DEFAULT false,
    "allergy_status" TEXT NOT NULL DEFAULT 'not-asked',

    CONSTRAINT "patient_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "encounter" (
    "id" TEXT NOT NULL,
    "patient_id" TEXT NOT NULL,
    "ward_id" TEXT NOT NULL,
    "bed" TEXT NOT NULL,
    "admitted_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "wristband" TEXT NOT NULL,

    CONSTRAINT "encounter_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "allergy_intolerance" (
    "id" TEXT NOT NULL,
    "patient_id" TEXT NOT NULL,
    "substance" TEXT NOT NULL,
    "reaction_class" TEXT NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "allergy_intolerance_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "observation" (
    "id" TEXT NOT NULL,
    "patient_id" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "value" DOUBLE PRECISION NOT NULL,
    "unit" TEXT NOT NULL,
    "observed_at" TIMESTAMPTZ(3) NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "source" TEXT NOT NULL,

    CONSTRAINT "observation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "medication" (
    "code" TEXT NOT NULL,
    "name" JSONB NOT NULL,
    "ingredient" TEXT NOT NULL,
    "groups" TEXT[],
    "strength" DOUBLE PRECISION NOT NULL,
    "strength_unit" TEXT NOT NULL,
    "form" TEXT NOT NULL,
    "gtin" TEXT NOT NULL,
    "high_alert" TEXT NOT NULL DEFAULT 'not-maintained',

    CONSTRAINT "medication_pkey" PRIMARY KEY ("code")
);

-- CreateTable
CREATE TABLE "medication_order" (
    "id" TEXT NOT NULL,
    "patient_id" TEXT NOT NULL,
    "encounter_id" TEXT NOT NULL,
    "medication_code" TEXT NOT NULL,
    "ingredient" TEXT NOT NULL,
    "groups" TEXT[],
    "dose" DOUBLE PRECISION NOT NULL,
    "dose_unit" TEXT NOT NULL,
    "route" TEXT NOT NULL,
    "frequency" TEXT NOT NULL,
    "order_type" TEXT NOT NULL,
    "priority" TEXT NOT NULL DEFAULT 'routine',
    "detail" JSONB NOT NULL DEFAULT '{}',
    "start_at" TIMESTAMPTZ(3) NOT NULL,
    "stop_at" TIMESTAMPTZ(3),
    "ordered_by" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'received',
    "instance_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "medication_order_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "medication_administration" (
    "id" TEXT NOT NULL,
    "order_id" TEXT NOT NULL,
    "planned_at" TIMESTAMPTZ(3) NOT NULL,
    "status" TEXT NOT NULL,
    "occurred_at" TIMESTAMPTZ(3),
    "performer_id" TEXT,
    "detail" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "medication_administration_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "nursing_record" (
    "id" TEXT NOT NULL,
    "patient_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "author_id" TEXT NOT NULL,
    "content" JSONB NOT NULL,
    "instance_id" UUID,

    CONSTRAINT "nursing_record_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "clinical_alert" (
    "id" TEXT NOT NULL,
    "patient_id" TEXT NOT NULL,
    "instance_id" UUID,
    "severity" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "text" JSONB NOT NULL,
    "roles" TEXT[],
    "unit" TEXT,
    "raised_at" TIMESTAMPTZ(3) NOT NULL,
    "acknowledged_at" TIMESTAMPTZ(3),
    "acknowledged_by" TEXT,

    CONSTRAINT "clinical_alert_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "hl7_message" (
    "id" TEXT NOT NULL,
    "control_id" TEXT NOT NULL,
    "message_type" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "frame" JSONB NOT NULL,
    "acknowledgement" TEXT NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "hl7_message_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "outbound_message" (
    "id" TEXT NOT NULL,
    "destination" TEXT NOT NULL,
    "control_id" TEXT NOT NULL,
    "body" JSONB NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'pending',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "settled_at" TIMESTAMPTZ(3),

    CONSTRAINT "outbound_message_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "process_bundle_process_key_version_key" ON "process_bundle"("process_key", "version");

-- CreateIndex
CREATE INDEX "process_instance_status_updated_at_idx" ON "process_instance"("status", "updated_at");

-- CreateIndex
CREATE INDEX "process_instance_patient_id_idx" ON "process_instance"("patient_id");

-- CreateIndex
CREATE UNIQUE INDEX "process_instance_process_key_business_key_key" ON "process_instance"("process_key", "business_key");

-- CreateIndex
CREATE INDEX "user_task_status_due_at_idx" ON "user_task"("status", "due_at");

-- CreateIndex
CREATE INDEX "user_task_patient_id_status_idx" ON "user_task"("patient_id", "status");

-- CreateIndex
CREATE INDEX "user_task_instance_id_idx" ON "user_task"("instance_id");

-- CreateIndex
CREATE INDEX "incident_resolved_at_idx" ON "incident"("resolved_at");

-- CreateIndex
CREATE INDEX "incident_instance_id_idx" ON "incident"("instance_id");

-- CreateIndex
CREATE INDEX "message_subscription_message_correlation_key_idx" ON "message_subscription"("message", "correlation_key");

-- CreateIndex
CREATE INDEX "inbox_command_status_next_attempt_at_idx" ON "inbox_command"("status", "next_attempt_at");

-- CreateIndex
CREATE INDEX "outbox_event_topic_id_idx" ON "outbox_event"("topic", "id");

-- CreateIndex
CREATE INDEX "ledger_step_instance_id_idx" ON "ledger_step"("instance_id");

-- CreateIndex
CREATE UNIQUE INDEX "ledger_step_loop_item_step_key" ON "ledger_step"("loop", "item", "step");

-- CreateIndex
CREATE INDEX "rule_set_version_key_effective_at_idx" ON "rule_set_version"("key", "effective_at");

-- CreateIndex
CREATE INDEX "decision_instance_id_idx" ON "decision"("instance_id");

-- CreateIndex
CREATE INDEX "decision_patient_id_decided_at_idx" ON "decision"("patient_id", "decided_at");

-- CreateIndex
CREATE UNIQUE INDEX "audit_entry_fact_id_key" ON "audit_entry"("fact_id");

-- CreateIndex
CREATE INDEX "audit_entry_instance_id_id_idx" ON "audit_entry"("instance_id", "id");

-- CreateIndex
CREATE INDEX "audit_entry_patient_id_id_idx" ON "audit_entry"("patient_id", "id");

-- CreateIndex
CREATE INDEX "audit_entry_actor_id_id_idx" ON "audit_entry"("actor_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "audit_leaf_entry_id_key" ON "audit_leaf"("entry_id");

-- CreateIndex
CREATE UNIQUE INDEX "data_key_scope_key" ON "data_key"("scope");

-- CreateIndex
CREATE UNIQUE INDEX "user_email_key" ON "user"("email");

-- CreateIndex
CREATE UNIQUE INDEX "user_username_key" ON "user"("username");

-- CreateIndex
CREATE UNIQUE INDEX "user_badge_key" ON "user"("badge");

-- CreateIndex
CREATE UNIQUE INDEX "session_token_key" ON "session"("token");

-- CreateIndex
CREATE INDEX "session_user_id_idx" ON "session"("user_id");

-- CreateIndex
CREATE INDEX "account_user_id_idx" ON "account"("user_id");

-- CreateIndex
CREATE INDEX "verification_identifier_idx" ON "verification"("identifier");

-- CreateIndex
CREATE UNIQUE INDEX "system_client_name_key" ON "system_client"("name");

-- CreateIndex
CREATE UNIQUE INDEX "encounter_wristband_key" ON "encounter"("wristband");

-- CreateIndex
CREATE INDEX "encounter_patient_id_idx" ON "encounter"("patient_id");

-- CreateIndex
CREATE INDEX "allergy_intolerance_patient_id_idx" ON "allergy_intolerance"("patient_id");

-- CreateIndex
CREATE INDEX "observation_patient_id_code_observed_at_idx" ON "observation"("patient_id", "code", "observed_at");

-- CreateIndex
CREATE UNIQUE INDEX "medication_gtin_key" ON "medication"("gtin");

-- CreateIndex
CREATE INDEX "medication_order_patient_id_status_idx" ON "medication_order"("patient_id", "status");

-- CreateIndex
CREATE UNIQUE INDEX "medication_administration_order_id_planned_at_key" ON "medication_administration"("order_id", "planned_at");

-- CreateIndex
CREATE INDEX "nursing_record_patient_id_occurred_at_idx" ON "nursing_record"("patient_id", "occurred_at");

-- CreateIndex
CREATE INDEX "clinical_alert_unit_acknowledged_at_idx" ON "clinical_alert"("unit", "acknowledged_at");

-- CreateIndex
CREATE UNIQUE INDEX "outbound_message_control_id_key" ON "outbound_message"("control_id");

-- AddForeignKey
ALTER TABLE "process_instance" ADD CONSTRAINT "process_instance_bundle_hash_fkey" FOREIGN KEY ("bundle_hash") REFERENCES "process_bundle"("hash") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "recorded_batch" ADD CONSTRAINT "recorded_batch_instance_id_fkey" FOREIGN KEY ("instance_id") REFERENCES "process_instance"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "user_task" ADD CONSTRAINT "user_task_instance_id_fkey" FOREIGN KEY ("instance_id") REFERENCES "process_instance"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "incident" ADD CONSTRAINT "incident_instance_id_fkey" FOREIGN KEY ("instance_id") REFERENCES "process_instance"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "message_subscription" ADD CONSTRAINT "message_subscription_instance_id_fkey" FOREIGN KEY ("instance_id") REFERENCES "process_instance"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "account" ADD CONSTRAINT "account_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "encounter" ADD CONSTRAINT "encounter_patient_id_fkey" FOREIGN KEY ("patient_id") REFERENCES "patient"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "encounter" ADD CONSTRAINT "encounter_ward_id_fkey" FOREIGN KEY ("ward_id") REFERENCES "ward"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "allergy_intolerance" ADD CONSTRAINT "allergy_intolerance_patient_id_fkey" FOREIGN KEY ("patient_id") REFERENCES "patient"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "observation" ADD CONSTRAINT "observation_patient_id_fkey" FOREIGN KEY ("patient_id") REFERENCES "patient"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "medication_order" ADD CONSTRAINT "medication_order_patient_id_fkey" FOREIGN KEY ("patient_id") REFERENCES "patient"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "medication_administration" ADD CONSTRAINT "medication_administration_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "medication_order"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "nursing_record" ADD CONSTRAINT "nursing_record_patient_id_fkey" FOREIGN KEY ("patient_id") REFERENCES "patient"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "clinical_alert" ADD CONSTRAINT "clinical_alert_patient_id_fkey" FOREIGN KEY ("patient_id") REFERENCES "patient"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
