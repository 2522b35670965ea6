/** Everything with an outside effect. Workflows import types only from here. */
export { childIdOf } from './call-child.ts';
export { signClaims, verifyClaims, type Claims } from './claims.ts';
export { createActivities, type ActivityDependencies } from './create-activities.ts';
export type { ChildAllotment, ChildCall, ChildEnd, MessageCall, ProcessActivities, RecordInstanceInput, RulesCall, RulesOutcome, ServiceCall, ServiceOutcome } from './process-activities.ts';
export type { ActivityContext, ActivitySettings, AnyServiceActivity, ProbeResult, ServiceActivity } from './service-activity.ts';
export { BusinessError, OutcomeUnknownError, ServiceFailedError } from './service-activity.ts';
export { createDecider, decisionIdOf, recordDecision, resultForProcess, type DecideInput, type DecideOutcome, type Decider, type DeciderOptions, type DecisionToRecord } from './rules/decide.ts';
export type { ShadowFailure } from './rules/shadow-runs.ts';
export { createReplayer, type MadeDecision, type Replay, type Replayer } from './rules/replay-decision.ts';
export { ruleCacheMs } from './rules/versions-in-effect.ts';
export { createPayloadCodec, type BundleEncoding, type PayloadKeys, type PayloadStore } from './payload-codec/payload-codec.ts';
export { createPayloadStore } from './payload-codec/payload-store.ts';
export { clinicalActivities, clinicalOrderSchema, findFrequency, gatherOrderFacts, gatherPatientContext, hospitalTimeZone, localObservationCodes, observationCodes, orderFacts, signingRuleSets, type ClinicalOrder, type OrderContext, type OrderFacts, type PatientContext } from './clinical/index.ts';
export { createExampleServices } from './example/services.ts';
export { closeHospitalConnections, hospitalActivities } from './hospital/index.ts';
export {
  createMllpFramer, decodeMessage, encodeText, frame, Hl7Refusal, locationText, maximumFrameBytes, optionalSegment, parseMessage, parseTimestamp, peekHeader,
  repetitionsOf, requireSegment, requireValue, segmentsOf, supportedVersions, valueOf, writeAcknowledgement,
} from './hospital/index.ts';
export type { ErrorLocation, FrameTrouble, Message, MessageHeader, Segment, ValuePath } from './hospital/index.ts';
export { createKeyStore, decryptPayload, encryptPayload, factStatement, inboxChannel, outboxChannel, readEndedInstance, recordBatch, RecordError, recordFact, signalReceipts, systemScope } from './record/index.ts';
export type { ChildReport, DataKey, EncryptedPayload, EntryPayload, KeyStore, RecordBatch, RecordFact, RecordOutcome } from './record/index.ts';
