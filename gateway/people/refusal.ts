import type { LocalizedText } from '#engine';

export type PeopleRefusalCode =
  | 'PERSON_NOT_FOUND' | 'ASSIGNMENT_NOT_FOUND' | 'PROPOSAL_NOT_FOUND' | 'QUALIFICATION_NOT_FOUND' | 'ABSENCE_NOT_FOUND' | 'WARD_NOT_FOUND'
  | 'USERNAME_TAKEN' | 'STAFF_NUMBER_TAKEN' | 'ROLE_HELD' | 'ASSIGNMENT_ENDED' | 'PROPOSAL_DECIDED' | 'PROPOSAL_OPEN' | 'ABSENCE_OVERLAPS' | 'ABSENCE_ENDED' | 'QUALIFICATION_ENDED' | 'IDEMPOTENCY_KEY_REUSED'
  | 'SAME_PERSON' | 'NOT_YOURS'
  | 'ROLE_UNKNOWN' | 'UNIT_MISSING' | 'UNIT_NOT_ALLOWED' | 'PERIOD_INVALID'
  | 'ACCOUNT_DISABLED' | 'ACCOUNT_ENABLED' | 'PASSWORD_SET' | 'ROLES_EXCLUDE' | 'QUALIFICATION_MISSING' | 'LAST_ADMINISTRATOR' | 'ROLE_NOT_PASSED_ON' | 'SUBSTITUTE_NOT_QUALIFIED'
  | 'WARD_CODE_TAKEN' | 'WARD_NAME_TAKEN' | 'WARD_CHANGED' | 'WARD_CLOSED' | 'WARD_OPEN' | 'WARD_IN_USE';

/**
 * An act on people, their roles and wards that was refused; nothing changed. `place`: the input concerned. `words`: what people
 * read where the code alone does not say enough; `detail`: the same for programs.
 */
export class PeopleRefusal extends Error {
  readonly code: PeopleRefusalCode;
  readonly place: string | undefined;
  readonly words: LocalizedText | undefined;
  readonly detail: string | undefined;

  constructor(code: PeopleRefusalCode, place?: string, words?: LocalizedText, detail?: string) {
    super(code);
    this.name = 'PeopleRefusal';
    this.code = code;
    this.place = place;
    this.words = words;
    this.detail = detail;
  }
}
