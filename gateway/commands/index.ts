/** The command inbox: the one way in for everything that changes a process. */
export { createCommandService } from './create-command-service.ts';
export type { ActivateAdHocActivity, BroadcastSignal, CancelInstance, CommandFailure, CommandOutcome, CommandService, CompleteTask, DelegateTask, EvaluateConditions, EvaluatedConditions, MigrateInstance, MigrationAnswer, MigrationQuestion, PublishMessage, ReopenInstance, ResolveIncident, StartProcess, TaskCommand } from './command-service.ts';
export type { Refusal } from './delivery-result.ts';
export { createDelivery } from './delivery.ts';
export { startDispatcher } from './dispatcher.ts';
export { commandIdOf, createInbox } from './inbox.ts';
export { findSubject, namedPatients, patientOfCase, type NamedPatient } from './named-patients.ts';
export { startPolling } from './poll.ts';
export { startProcessTimers } from './process-timers.ts';
export { createStateReader, workflowIdOf } from './temporal-calls.ts';
