import type { Actor, ClinicalTimes, ElementMapping, Failure, IncidentResolution, Json, MigrationFinding, ModifyInstruction, Variables } from '#engine';
import type { SeparationQuestion } from './read-separation.ts';

/**
 * The one way in for everything that changes a process. Each call writes a row in the command inbox
 * first; the row's id is the Temporal update id, so that a repeat has no second effect.
 */
export interface CommandService {
  startProcess(command: StartProcess): Promise<CommandOutcome>;
  publishMessage(command: PublishMessage): Promise<CommandOutcome>;
  /** Result: `{receivers, started}`, the instances that waited for it and those that it starts. */
  broadcastSignal(command: BroadcastSignal): Promise<CommandOutcome>;
  /** Result: `EvaluatedConditions`. */
  evaluateConditions(command: EvaluateConditions): Promise<CommandOutcome>;
  claimTask(command: TaskCommand): Promise<CommandOutcome>;
  releaseTask(command: TaskCommand & { readonly reason?: string }): Promise<CommandOutcome>;
  completeTask(command: CompleteTask): Promise<CommandOutcome>;
  delegateTask(command: DelegateTask): Promise<CommandOutcome>;
  rejectTaskVerification(command: TaskCommand & { readonly reason: string }): Promise<CommandOutcome>;
  activateAdHocActivity(command: ActivateAdHocActivity): Promise<CommandOutcome>;
  resolveIncident(command: ResolveIncident): Promise<CommandOutcome>;
  cancelInstance(command: CancelInstance): Promise<CommandOutcome>;
  pauseInstance(command: InstanceCommand): Promise<CommandOutcome>;
  resumeInstance(command: InstanceCommand): Promise<CommandOutcome>;
  modifyInstance(command: ModifyInstance): Promise<CommandOutcome>;
  migrateInstance(command: MigrateInstance): Promise<CommandOutcome>;
  /** The dry run of `migrateInstance`: changes nothing. */
  planMigration(question: MigrationQuestion): Promise<MigrationAnswer>;
  reopenInstance(command: ReopenInstance): Promise<CommandOutcome>;
  /** What completing a task would refuse with TASK_SAME_PERSON: the element that the actor performed, if it can be read in time. */
  readSeparation(question: SeparationQuestion): Promise<string | undefined>;
}

interface CommandBase {
  readonly actor: Actor;
  /** Unique within the actor; the same key with another payload is refused with IDEMPOTENCY_KEY_REUSED. */
  readonly idempotencyKey: string;
}

export interface StartProcess extends CommandBase {
  readonly processKey: string;
  readonly businessKey: string;
  readonly variables: Variables;
  /** The start event at which it begins: needed where the process has several that nothing triggers. */
  readonly startEventId?: string;
  readonly patientId?: string;
  readonly unit?: string;
}

export interface PublishMessage extends CommandBase {
  readonly message: string;
  readonly correlationKey: string;
  readonly payload: Variables;
  readonly times?: ClinicalTimes;
  /** Until when an unmatched message waits for its subscriber; 24 h when absent. */
  readonly expiresAt?: string;
}

export interface BroadcastSignal extends CommandBase {
  readonly signal: string;
  readonly payload: Variables;
}

export interface EvaluateConditions extends CommandBase {
  /** What the conditions see; each process that is started is given those that it declares. */
  readonly variables: Variables;
  /** Of the instances that it starts; one made of the command when absent. */
  readonly businessKey?: string;
  /** Asks the conditions of this process alone. */
  readonly processKey?: string;
  readonly patientId?: string;
  readonly unit?: string;
}

/** Each process with a conditional start event that holds has one new instance; `failures` are those that could not be asked or begun. */
export interface EvaluatedConditions {
  readonly started: readonly { readonly processKey: string; readonly startEventId: string; readonly instanceId: string }[];
  readonly failures: readonly { readonly processKey: string; readonly startEventId: string; readonly code: CommandFailure['code']; readonly message: string }[];
}

export interface TaskCommand extends CommandBase {
  readonly instanceId: string;
  /** The engine's id of the task, for example `t7`. */
  readonly taskId: string;
}

export interface CompleteTask extends TaskCommand {
  readonly data: Variables;
  readonly reason?: string;
  readonly times?: ClinicalTimes;
}

export interface DelegateTask extends TaskCommand {
  /** The person who gets it for a while. */
  readonly delegateId: string;
  readonly reason?: string;
}

export interface ActivateAdHocActivity extends CommandBase {
  readonly instanceId: string;
  /** The running ad-hoc sub-process. */
  readonly elementInstanceId: string;
  readonly elementId: string;
  readonly reason?: string;
}

export interface ResolveIncident extends CommandBase {
  readonly instanceId: string;
  readonly incidentId: string;
  readonly resolution: IncidentResolution;
  readonly reason: string;
  readonly variables?: Variables;
}

/** What an operator does with a whole instance. */
export interface InstanceCommand extends CommandBase {
  readonly instanceId: string;
  readonly reason: string;
}

export interface CancelInstance extends InstanceCommand {
  /** Undoes what completed before the instance ends. */
  readonly compensate?: boolean;
}

export interface ModifyInstance extends InstanceCommand {
  readonly instructions: readonly ModifyInstruction[];
  /** Set before anything moves. */
  readonly variables?: Variables;
}

/** A version for an instance to go on in. */
export interface MigrationQuestion {
  readonly instanceId: string;
  readonly targetHash: string;
  /** Generated when absent. */
  readonly mapping?: ElementMapping;
}

export interface MigrateInstance extends InstanceCommand, MigrationQuestion {
  /** The version that the mapping is made for; the one on record when absent. Refused when the instance is in another by then. */
  readonly sourceHash?: string;
}

/** `findings`: everything that stands in the way; empty when the instance can be migrated. */
export type MigrationAnswer =
  | { readonly status: 'planned'; readonly sourceHash: string; readonly mapping: ElementMapping; readonly activeElementIds: readonly string[]; readonly findings: readonly MigrationFinding[] }
  | { readonly status: 'refused'; readonly failure: CommandFailure };

export interface ReopenInstance extends InstanceCommand {
  /** At which it goes on; at least one. */
  readonly elementIds: readonly string[];
  /** Set before anything begins. */
  readonly variables?: Variables;
}

/**
 * `accepted`: the engine took it and it is on record. `pending`: it is safe in the inbox and will be
 * delivered (the engine did not answer in time, or a message has no subscriber yet). `refused`: nothing
 * changed, and the refusal is on record.
 */
export type CommandOutcome =
  | { readonly status: 'accepted'; readonly commandId: string; readonly instanceId?: string; readonly result?: Json }
  | { readonly status: 'pending'; readonly commandId: string; readonly instanceId?: string }
  | { readonly status: 'refused'; readonly commandId: string; readonly failure: CommandFailure };

/** An engine failure, or one of the doors' own. */
export interface CommandFailure extends Omit<Failure, 'code'> {
  readonly code:
    | Failure['code']
    | 'PROCESS_NOT_FOUND' | 'INSTANCE_NOT_FOUND' | 'INSTANCE_NOT_ANSWERING' | 'ENDED_STATE_MISSING' | 'BUSINESS_KEY_IN_USE' | 'IDEMPOTENCY_KEY_REUSED' | 'FORM_INVALID';
  /** For BUSINESS_KEY_IN_USE: the instance that has it. */
  readonly instanceId?: string;
  /** For COMPLETION_CHECK_FAILED: the check that failed, for example WRONG_PATIENT. */
  readonly checkCode?: string;
}
