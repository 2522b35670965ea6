export type PatientAccessRefusalCode =
  | 'PATIENT_NOT_FOUND' | 'EMERGENCY_ACCESS_NOT_FOUND' | 'CARE_TEAM_MEMBER_NOT_FOUND' | 'LABEL_NOT_FOUND'
  | 'EMERGENCY_ACCESS_LIMIT' | 'EMERGENCY_ACCESS_OPEN' | 'EMERGENCY_ACCESS_ENDED' | 'EMERGENCY_ACCESS_REVIEWED' | 'REASON_INSUFFICIENT'
  | 'CARE_TEAM_MEMBER_EXISTS' | 'CARE_TEAM_MEMBERSHIP_ENDED' | 'MEMBER_NOT_ELIGIBLE' | 'VALID_UNTIL_INVALID'
  | 'LABEL_EXISTS' | 'LABEL_REMOVED' | 'SEARCH_LIMIT' | 'FORBIDDEN' | 'SAME_PERSON' | 'IDEMPOTENCY_KEY_REUSED' | 'INPUT_INVALID';

/** An act on who may see a patient that was refused; nothing changed. */
export class PatientAccessRefusal extends Error {
  readonly code: PatientAccessRefusalCode;
  /** The input concerned. */
  readonly place: string | undefined;
  /** The patient whom the caller named rightly, for the record. */
  readonly patientId: string | undefined;

  constructor(code: PatientAccessRefusalCode, place?: string, patientId?: string) {
    super(code);
    this.name = 'PatientAccessRefusal';
    this.code = code;
    this.place = place;
    this.patientId = patientId;
  }
}
