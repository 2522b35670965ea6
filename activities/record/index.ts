/** The recording activity: what happened, in one transaction, once. */
export { readEndedInstance } from './ended-state.ts';
export { createKeyStore, systemScope, type DataKey, type KeyStore } from './key-store.ts';
export { decryptPayload, encryptPayload, type EncryptedPayload, type EntryPayload } from './payload-cipher.ts';
export { inboxChannel, type ChildReport } from './outbound.ts';
export { signalReceipts } from './outbound-rows.ts';
export { recordBatch, type RecordBatch, type RecordOutcome } from './record-batch.ts';
export { RecordError } from './record-error.ts';
export { factStatement, recordFact, type RecordFact } from './record-fact.ts';
export { outboxChannel } from './record-statement.ts';
