-- CreateTable
CREATE TABLE "sign_on_identity" (
    "id" UUID NOT NULL,
    "issuer" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "linked_by" TEXT NOT NULL,
    "linked_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "sign_on_identity_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sign_on_session" (
    "session_id" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "issuer" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "sid" TEXT,
    "id_token" TEXT NOT NULL,
    "authenticated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sign_on_session_pkey" PRIMARY KEY ("session_id")
);

-- CreateTable
CREATE TABLE "sign_on_callback" (
    "id" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sign_on_callback_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "sign_on_identity_user_id_idx" ON "sign_on_identity"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "sign_on_identity_issuer_subject_key" ON "sign_on_identity"("issuer", "subject");

-- CreateIndex
CREATE UNIQUE INDEX "sign_on_identity_issuer_user_id_key" ON "sign_on_identity"("issuer", "user_id");

-- CreateIndex
CREATE INDEX "sign_on_session_issuer_subject_idx" ON "sign_on_session"("issuer", "subject");

-- CreateIndex
CREATE INDEX "sign_on_session_issuer_sid_idx" ON "sign_on_session"("issuer", "sid");

-- AddForeignKey
ALTER TABLE "sign_on_identity" ADD CONSTRAINT "sign_on_identity_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sign_on_session" ADD CONSTRAINT "sign_on_session_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "session"("id") ON DELETE CASCADE ON UPDATE CASCADE;
