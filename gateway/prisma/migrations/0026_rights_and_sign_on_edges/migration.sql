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
