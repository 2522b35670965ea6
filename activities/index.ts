/** Everything with an outside effect. Workflows import types only from here. */
export { signClaims, verifyClaims, type Claims } from './claims.ts';
export { createActivities, type ActivityDependencies } from './create-activities.ts';
export type { MessageCall, ProcessActivities, RecordInstanceInput, RulesCall, RulesOutcome, ServiceCall, ServiceOutcome } from './process-activities.ts';
export type { ActivityContext, ActivitySettings, ProbeResult, ServiceActivity } from './service-activity.ts';
export { BusinessError, OutcomeUnknownError, ServiceFailedError } from './service-activity.ts';
export { createDecider, decisionIdOf, recordDecision, resultForProcess, type DecideInput, type DecideOutcome, type Decider } from './rules/decide.ts';
export { createPayloadCodec, type BundleEncoding, type PayloadKeys, type PayloadStore } from './payload-codec/payload-codec.ts';
export { createPayloadStore } from './payload-codec/payload-store.ts';
export { clinicalActivities } from './clinical/index.ts';
export { hospitalActivities } from './hospital/index.ts';
export { createKeyStore, decryptPayload, outboxChannel, recordBatch, RecordError, recordFact, systemScope } from './record/index.ts';
export type { DataKey, EncryptedPayload, EntryPayload, KeyStore, RecordBatch, RecordFact, RecordOutcome } from './record/index.ts';
