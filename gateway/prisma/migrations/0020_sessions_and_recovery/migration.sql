-- AlterTable
ALTER TABLE "session" ADD COLUMN     "is_shared_device" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "last_active_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;

-- CreateTable
CREATE TABLE "sign_in_counter" (
    "key" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "user_id" TEXT,
    "address" TEXT,
    "wrong" INTEGER NOT NULL DEFAULT 0,
    "since" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sign_in_counter_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "known_address" (
    "key" TEXT NOT NULL,
    "last_used_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "known_address_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "sign_in_refusal_hour" (
    "hour" TIMESTAMPTZ(3) NOT NULL,
    "user_id" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "wrong" INTEGER NOT NULL DEFAULT 0,
    "locked" INTEGER NOT NULL DEFAULT 0,
    "unnoticed" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "sign_in_refusal_hour_pkey" PRIMARY KEY ("hour","user_id","address")
);

-- CreateTable
CREATE TABLE "account_notice" (
    "id" UUID NOT NULL,
    "user_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "wrong_tries" INTEGER,
    "addresses" INTEGER,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "seen_at" TIMESTAMPTZ(3),

    CONSTRAINT "account_notice_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "recovery_case" (
    "id" UUID NOT NULL,
    "user_id" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "identity_check" TEXT NOT NULL,
    "removes_factors" BOOLEAN NOT NULL,
    "opened_by" TEXT NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "code_hash" TEXT NOT NULL,
    "wrong_codes" INTEGER NOT NULL DEFAULT 0,
    "confirmed_by" TEXT,
    "confirmed_at" TIMESTAMPTZ(3),
    "link_expires_at" TIMESTAMPTZ(3),
    "used_at" TIMESTAMPTZ(3),
    "withdrawn_by" TEXT,
    "withdrawn_at" TIMESTAMPTZ(3),

    CONSTRAINT "recovery_case_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "sign_in_counter_user_id_idx" ON "sign_in_counter"("user_id");

-- CreateIndex
CREATE INDEX "sign_in_counter_since_idx" ON "sign_in_counter"("since");

-- CreateIndex
CREATE INDEX "known_address_last_used_at_idx" ON "known_address"("last_used_at");

-- CreateIndex
CREATE INDEX "sign_in_refusal_hour_user_id_idx" ON "sign_in_refusal_hour"("user_id");

-- CreateIndex
CREATE INDEX "account_notice_user_id_seen_at_idx" ON "account_notice"("user_id", "seen_at");

-- CreateIndex
CREATE INDEX "recovery_case_user_id_idx" ON "recovery_case"("user_id");

-- CreateIndex
CREATE INDEX "recovery_case_opened_at_idx" ON "recovery_case"("opened_at");

-- AddForeignKey
ALTER TABLE "account_notice" ADD CONSTRAINT "account_notice_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "recovery_case" ADD CONSTRAINT "recovery_case_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Who opened a recovery does not confirm it, and nobody recovers their own account.
ALTER TABLE "recovery_case" ADD CONSTRAINT "recovery_case_two_people" CHECK ("confirmed_by" IS NULL OR ("confirmed_by" <> "opened_by" AND "confirmed_by" <> "user_id"));
ALTER TABLE "recovery_case" ADD CONSTRAINT "recovery_case_not_oneself" CHECK ("opened_by" <> "user_id");
