-- AlterTable
ALTER TABLE "system_client" ADD COLUMN     "created_by" TEXT,
ADD COLUMN     "points_per_minute" INTEGER,
ADD COLUMN     "revoked_by" TEXT;

-- CreateTable
CREATE TABLE "client_credential" (
    "id" UUID NOT NULL,
    "client_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "secret_hash" TEXT,
    "jwk" JSONB,
    "identifier" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "created_by" TEXT,
    "expires_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),
    "revoked_by" TEXT,
    "tokens_ended_at" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),

    CONSTRAINT "client_credential_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "used_assertion" (
    "client_id" TEXT NOT NULL,
    "jti_hash" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "used_assertion_pkey" PRIMARY KEY ("client_id","jti_hash")
);

-- CreateTable
CREATE TABLE "revoked_token" (
    "jti" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "revoked_token_pkey" PRIMARY KEY ("jti")
);

-- CreateIndex
CREATE INDEX "client_credential_client_id_idx" ON "client_credential"("client_id");

-- CreateIndex
CREATE INDEX "used_assertion_expires_at_idx" ON "used_assertion"("expires_at");

-- CreateIndex
CREATE INDEX "revoked_token_expires_at_idx" ON "revoked_token"("expires_at");

-- AddForeignKey
ALTER TABLE "client_credential" ADD CONSTRAINT "client_credential_client_id_fkey" FOREIGN KEY ("client_id") REFERENCES "system_client"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- The secret that each client had is the first of its credentials.
INSERT INTO "client_credential" ("id", "client_id", "kind", "secret_hash", "created_at")
SELECT gen_random_uuid(), "id", 'secret', "secret_hash", "created_at" FROM "system_client";

-- AlterTable
ALTER TABLE "system_client" DROP COLUMN "secret_hash";
