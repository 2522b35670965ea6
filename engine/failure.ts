import type { MigrationFinding } from './migration/migration-finding.ts';

/**
 * Expected trouble, as a value. Inside a process it becomes an incident; at a door, a typed refusal.
 * `message` reads "Expected …, but …" and carries no patient data.
 */
export interface Failure {
  readonly code: FailureCode;
  readonly message: string;
  readonly elementId?: string;
  /** The variable, fact or form field concerned. */
  readonly place?: string;
  /** For MIGRATION_INVALID: everything that stands in the way. */
  readonly findings?: readonly MigrationFinding[];
}

export type FailureCode =
  | 'NO_FLOW_TAKEN' | 'CONDITION_NOT_BOOLEAN' | 'EXPRESSION_FAILED' | 'STEP_BUDGET_EXCEEDED' | 'DEADLOCK'
  | 'VARIABLE_MISSING' | 'VARIABLE_UNDECLARED' | 'VARIABLE_WRONG_TYPE' | 'VARIABLE_TOO_LARGE' | 'STATE_TOO_LARGE'
  | 'COLLECTION_INVALID' | 'COLLECTION_TOO_LARGE' | 'TIMER_INVALID' | 'CORRELATION_KEY_INVALID'
  | 'SERVICE_FAILED' | 'SERVICE_OUTCOME_UNKNOWN' | 'RULES_FAILED' | 'UNCAUGHT_BPMN_ERROR'
  | 'TASK_NOT_FOUND' | 'TASK_NOT_OPEN' | 'TASK_NOT_YOURS' | 'TASK_CLAIMED_BY_OTHER' | 'TASK_SAME_PERSON' | 'COMPLETION_CHECK_FAILED'
  | 'TRANSACTION_MISSING' | 'ACTIVITY_NOT_AVAILABLE' | 'CHILD_FAILED' | 'CALL_NOT_WAITING' | 'VERIFICATION_NOT_PENDING' | 'VERIFICATION_EXPIRED'
  | 'INSTANCE_PAUSED' | 'INSTANCE_NOT_PAUSED' | 'MODIFICATION_INVALID' | 'MIGRATION_INVALID' | 'INSTANCE_NOT_ENDED' | 'REASON_MISSING'
  | 'INCIDENT_NOT_FOUND' | 'INCIDENT_RESOLUTION_INVALID' | 'INSTANCE_NOT_RUNNING' | 'SUBSCRIPTION_NOT_FOUND' | 'START_EVENT_NOT_NAMED';

/** A modelled error, thrown by a service or an error end event and caught by a boundary event. BPMN 2.0.2 §10.5.1. */
export interface BpmnError {
  readonly errorCode: string;
  readonly message?: string;
}

/** A bug, not a business outcome. Recognised by `code`: `instanceof` fails across the workflow sandbox and under jest. */
export class EngineError extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.name = 'EngineError';
    this.code = code;
  }
}

/** The definition cannot be compiled; `findings` names every place. */
export class DefinitionError extends EngineError {
  readonly findings: readonly DefinitionFinding[];

  constructor(findings: readonly DefinitionFinding[]) {
    super('DEFINITION_INVALID', `Expected an executable definition, but found ${findings.length} problem(s): ${findings.map((finding) => `${finding.elementId ?? finding.path ?? '/'}: ${finding.message}`).slice(0, 5).join('; ')}`);
    this.name = 'DefinitionError';
    this.findings = findings;
  }
}

export interface DefinitionFinding {
  readonly code: string;
  readonly severity: 'error' | 'warning';
  readonly message: string;
  readonly elementId?: string;
  /** JSON path, where no element can be named. */
  readonly path?: string;
}

/** A transition that the life cycle table does not have. */
export class IllegalTransitionError extends EngineError {
  constructor(from: string, to: string, elementId: string) {
    super('ILLEGAL_TRANSITION', `Expected a legal transition of ${elementId}, but got ${from} → ${to}`);
    this.name = 'IllegalTransitionError';
  }
}
