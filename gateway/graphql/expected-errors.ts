import type { CommandFailure } from '../commands/index.ts';
import type { RuleSetFinding } from '#rules';
import type { FileFinding } from '../rule-set-files/index.ts';
import type { RuleSetRefusal } from '../rule-sets/index.ts';
import type { WordedFinding } from './migration-words.ts';

/** What an expected error tells beside its localised message. */
export interface ExpectedErrorContent {
  /** Stable code, for example `TASK_NOT_OPEN`. */
  readonly code: string;
  /** The argument, variable or form field concerned. */
  readonly place?: string | undefined;
  /** What exactly was wrong, for developers; never patient data. */
  readonly detail?: string | undefined;
  readonly checkCode?: string | undefined;
  /** The check's own message, as its author wrote it; or what people read where the code alone does not say enough. */
  readonly checkMessage?: { readonly 'zh-CN': string; readonly en: string } | undefined;
  /** For bedside checks: what the order says and what was scanned. Shown to the performer only. */
  readonly expected?: string | undefined;
  readonly scanned?: string | undefined;
  /** For MIGRATION_INVALID. */
  readonly findings?: readonly WordedFinding[];
  /** For RULE_SET_INVALID. */
  readonly ruleFindings?: readonly RuleSetFinding[];
  /** For RULE_SET_FILE_INVALID. */
  readonly fileFindings?: readonly FileFinding[];
  /** For DRAFT_CHANGED: whose draft, and what the caller took for its newest revision. */
  readonly changedDraft?: { readonly key: string; readonly expectedRevision: number } | undefined;
  /** For CASES_FAILED: the names of the saved cases that came out otherwise. */
  readonly failedCases?: readonly string[];
  /** For PATIENT_NOT_FOUND: what else the viewer may do about it. */
  readonly advice?: 'TAKE_EMERGENCY_ACCESS';
  /** The instance that has the business key already. */
  readonly instanceId?: string | undefined;
}

/** Expected trouble at the door: a value of the answer, never a crash. */
export abstract class ExpectedError extends Error {
  readonly content: ExpectedErrorContent;

  constructor(content: ExpectedErrorContent) {
    super(content.code);
    this.name = new.target.name;
    this.content = content;
  }
}

/** Understood and allowed, but refused: a check failed, or the state does not admit it. */
export class RefusedError extends ExpectedError {}
/** The input is wrong; `place` says where. */
export class ValidationError extends ExpectedError {}
/** There is no such thing, or none that the viewer may see. */
export class NotFoundError extends ExpectedError {}
/** The viewer may not do this. */
export class ForbiddenError extends ExpectedError {}
/** Somebody was there first. */
export class ConflictError extends ExpectedError {}

type ErrorClass = typeof RefusedError | typeof ValidationError | typeof NotFoundError | typeof ForbiddenError | typeof ConflictError;

const classes: Readonly<Record<string, ErrorClass>> = {
  PROCESS_NOT_FOUND: NotFoundError,
  INSTANCE_NOT_FOUND: NotFoundError,
  TASK_NOT_FOUND: NotFoundError,
  INCIDENT_NOT_FOUND: NotFoundError,
  SUBSCRIPTION_NOT_FOUND: NotFoundError,
  START_EVENT_NOT_NAMED: ValidationError,
  VARIABLE_MISSING: ValidationError,
  VARIABLE_UNDECLARED: ValidationError,
  VARIABLE_WRONG_TYPE: ValidationError,
  VARIABLE_TOO_LARGE: ValidationError,
  STATE_TOO_LARGE: ValidationError,
  FORM_INVALID: ValidationError,
  INCIDENT_RESOLUTION_INVALID: ValidationError,
  BUSINESS_KEY_IN_USE: ConflictError,
  IDEMPOTENCY_KEY_REUSED: ConflictError,
  TASK_NOT_OPEN: ConflictError,
  TASK_CLAIMED_BY_OTHER: ConflictError,
  INSTANCE_NOT_RUNNING: ConflictError,
  INSTANCE_NOT_ENDED: ConflictError,
  TASK_NOT_YOURS: ForbiddenError,
  RULE_SET_NOT_FOUND: NotFoundError,
  RULE_SET_VERSION_NOT_FOUND: NotFoundError,
  RULE_NOT_FOUND: NotFoundError,
  REVIEW_NOT_FOUND: NotFoundError,
  SUSPENSION_NOT_FOUND: NotFoundError,
  DRAFT_CHANGED: ConflictError,
  DRAFT_IN_REVIEW: ConflictError,
  DRAFT_OPEN: ConflictError,
  REVIEW_CLOSED: ConflictError,
  VERSION_TAKEN: ConflictError,
  RULE_ALREADY_SUSPENDED: ConflictError,
  SUSPENSION_CLOSED: ConflictError,
  ALREADY_RECALLED: ConflictError,
  NOT_DOMAIN_OWNER: ForbiddenError,
  SAME_PERSON: ForbiddenError,
  RULE_SET_INVALID: ValidationError,
  RULE_SET_KEY_DIFFERS: ValidationError,
  RULE_SET_DOMAIN_CHANGED: ValidationError,
  EFFECTIVE_AT_PAST: ValidationError,
  RULE_NEEDS_NO_SIGNATURE: ValidationError,
  INPUT_INVALID: ValidationError,
  CASE_NOT_FOUND: NotFoundError,
  CASE_CHANGED: ConflictError,
  DECISION_NOT_FOUND: NotFoundError,
  WARD_NOT_YOURS: ForbiddenError,
  SHADOW_NOT_FOUND: NotFoundError,
  SHADOW_RUNNING: ConflictError,
  SHADOW_ENDED: ConflictError,
  PATIENT_NOT_FOUND: NotFoundError,
  FORBIDDEN: ForbiddenError,
  EMERGENCY_ACCESS_NOT_FOUND: NotFoundError,
  EMERGENCY_ACCESS_ENDED: ConflictError,
  EMERGENCY_ACCESS_REVIEWED: ConflictError,
  REASON_INSUFFICIENT: ValidationError,
  CARE_TEAM_MEMBER_NOT_FOUND: NotFoundError,
  CARE_TEAM_MEMBER_EXISTS: ConflictError,
  CARE_TEAM_MEMBERSHIP_ENDED: ConflictError,
  MEMBER_NOT_ELIGIBLE: ValidationError,
  VALID_UNTIL_INVALID: ValidationError,
  LABEL_NOT_FOUND: NotFoundError,
  LABEL_EXISTS: ConflictError,
  LABEL_REMOVED: ConflictError,
  PERSON_NOT_FOUND: NotFoundError,
  ASSIGNMENT_NOT_FOUND: NotFoundError,
  PROPOSAL_NOT_FOUND: NotFoundError,
  QUALIFICATION_NOT_FOUND: NotFoundError,
  ABSENCE_NOT_FOUND: NotFoundError,
  WARD_NOT_FOUND: NotFoundError,
  USERNAME_TAKEN: ConflictError,
  STAFF_NUMBER_TAKEN: ConflictError,
  ROLE_HELD: ConflictError,
  ASSIGNMENT_ENDED: ConflictError,
  PROPOSAL_DECIDED: ConflictError,
  PROPOSAL_OPEN: ConflictError,
  ABSENCE_OVERLAPS: ConflictError,
  ABSENCE_ENDED: ConflictError,
  QUALIFICATION_ENDED: ConflictError,
  NOT_YOURS: ForbiddenError,
  ROLE_UNKNOWN: ValidationError,
  UNIT_MISSING: ValidationError,
  UNIT_NOT_ALLOWED: ValidationError,
  PERIOD_INVALID: ValidationError,
  WARD_CODE_TAKEN: ConflictError,
  WARD_NAME_TAKEN: ConflictError,
  WARD_CHANGED: ConflictError,
  WARD_CLOSED: ConflictError,
  WARD_OPEN: ConflictError,
  SESSION_NOT_FOUND: NotFoundError,
  RECOVERY_NOT_FOUND: NotFoundError,
  RECOVERY_NOT_FOR_ONESELF: ForbiddenError,
  RECOVERY_OPEN: ConflictError,
  RECOVERY_CLOSED: ConflictError,
  CLIENT_NOT_FOUND: NotFoundError,
  CLIENT_NAME_TAKEN: ConflictError,
  CLIENT_ALREADY_REVOKED: ConflictError,
  ROLE_NOT_FOR_SYSTEMS: ValidationError,
  CREDENTIAL_NOT_FOUND: NotFoundError,
  CREDENTIAL_ALREADY_REVOKED: ConflictError,
  CREDENTIAL_IN_USE: ConflictError,
  EXPIRY_PAST: ValidationError,
  JWK_INVALID: ValidationError,
  PRIVATE_KEY_GIVEN: ValidationError,
  KEY_TOO_WEAK: ValidationError,
  KEY_NOT_SUPPORTED: ValidationError,
  CERTIFICATE_INVALID: ValidationError,
  CERTIFICATE_EXPIRED: ValidationError,
};

/** The typed error of a command that was refused. */
export function expectedErrorOf(failure: CommandFailure): ExpectedError {
  const { code, message, place, checkCode, instanceId } = failure;
  return new (classes[code] ?? RefusedError)({ code, place, detail: message, checkCode, instanceId });
}

/** The typed error of a code that is known here. */
export function codedError(content: ExpectedErrorContent): ExpectedError {
  return new (classes[content.code] ?? RefusedError)(content);
}

/** The typed error of an act on a rule set that was refused. */
export function ruleSetErrorOf({ code, place, findings, changed, failedCases }: RuleSetRefusal): ExpectedError {
  return new (classes[code] ?? RefusedError)({ code, place, ruleFindings: findings, changedDraft: changed, failedCases });
}
