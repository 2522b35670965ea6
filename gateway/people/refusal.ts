export type PeopleRefusalCode =
  | 'PERSON_NOT_FOUND' | 'ASSIGNMENT_NOT_FOUND' | 'PROPOSAL_NOT_FOUND' | 'QUALIFICATION_NOT_FOUND' | 'ABSENCE_NOT_FOUND' | 'WARD_NOT_FOUND'
  | 'USERNAME_TAKEN' | 'STAFF_NUMBER_TAKEN' | 'ROLE_HELD' | 'ASSIGNMENT_ENDED' | 'PROPOSAL_DECIDED' | 'PROPOSAL_OPEN' | 'ABSENCE_OVERLAPS' | 'ABSENCE_ENDED' | 'QUALIFICATION_ENDED' | 'IDEMPOTENCY_KEY_REUSED'
  | 'SAME_PERSON' | 'NOT_YOURS'
  | 'ROLE_UNKNOWN' | 'UNIT_MISSING' | 'UNIT_NOT_ALLOWED' | 'PERIOD_INVALID'
  | 'ACCOUNT_DISABLED' | 'ACCOUNT_ENABLED' | 'PASSWORD_SET' | 'ROLES_EXCLUDE' | 'QUALIFICATION_MISSING' | 'LAST_ADMINISTRATOR' | 'ROLE_NOT_PASSED_ON' | 'SUBSTITUTE_NOT_QUALIFIED';

/** An act on people and their roles that was refused; nothing changed. `place`: the input concerned. */
export class PeopleRefusal extends Error {
  readonly code: PeopleRefusalCode;
  readonly place: string | undefined;

  constructor(code: PeopleRefusalCode, place?: string) {
    super(code);
    this.name = 'PeopleRefusal';
    this.code = code;
    this.place = place;
  }
}
