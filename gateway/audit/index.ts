/** The record at the gateway: sealed, exported and opened for those who may read it. */
export { decryptEntryPayload, type ReadablePayload } from './decrypt-entry-payload.ts';
export { exportAudit, type ExportOptions } from './export-audit.ts';
export { recordRefusal, type Refusal } from './record-refusal.ts';
export { AuditLogDamagedError, createSealer, type Sealer, type SealerOptions } from './sealer.ts';
