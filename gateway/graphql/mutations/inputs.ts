import { z } from 'zod';

/** Limits of what callers send; each becomes INPUT_INVALID with the field as `place`. */
export const inputSchemas = {
  id: z.string().min(1).max(512),
  processKey: z.string().min(1).max(64),
  businessKey: z.string().min(1).max(200),
  elementId: z.string().min(1).max(128),
  idempotencyKey: z.string().min(1).max(200),
  reason: z.string().trim().min(1).max(1_000),
  message: z.string().min(1).max(128),
  signal: z.string().min(1).max(128),
  ruleSetKey: z.string().min(1).max(128),
  version: z.string().min(1).max(64),
  username: z.string().trim().min(1).max(64),
  correlationKey: z.string().min(1).max(512),
} as const;

/** The options of a field `idempotencyKey`. */
export const idempotencyKeyOptions = { required: true, validate: inputSchemas.idempotencyKey, description: 'Unique within the caller. The same key with the same input gives the first answer again; with another input it is refused (IDEMPOTENCY_KEY_REUSED).' } as const;
