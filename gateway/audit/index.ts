/** The record at the gateway: refusals and reads go in, sealed and signed exports come out. */
export { decryptEntryPayload, type ReadablePayload } from './decrypt-entry-payload.ts';
export { exportAudit, type ExportOptions } from './export-audit.ts';
export { recordPatientRead, recordRefusal, recordSignIn, type PatientRead, type Refusal } from './record-access.ts';
export { AuditLogDamagedError, createSealer, type Sealer, type SealerOptions } from './sealer.ts';
