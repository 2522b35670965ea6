import type { LocalizedText } from '../i18n/localized-text.ts';

/** Somebody named beside an act. */
export interface Named {
  readonly id: string;
  readonly displayName: string;
}

export type AssignmentStatus = 'IN_FORCE' | 'AHEAD' | 'QUALIFICATION_MISSING' | 'ENDED';

/** That a person has a role for a time. */
export interface RoleAssignment {
  readonly id: string;
  readonly role: string;
  readonly unit: string | null;
  readonly unitName: LocalizedText | null;
  readonly kind: 'regular' | 'delegation' | 'substitution';
  readonly status: AssignmentStatus;
  readonly person: Named;
  readonly onBehalfOf: Named | null;
  readonly reason: string | null;
  readonly validFrom: string;
  readonly validUntil: string | null;
  readonly grantedBy: Named;
  readonly confirmedBy: Named | null;
  readonly endedAt: string | null;
  readonly endedBy: Named | null;
  readonly endReason: string | null;
}

export interface RoleProposal {
  readonly id: string;
  readonly role: string;
  readonly reason: string;
  readonly proposedBy: Named;
  readonly proposedAt: string;
}

export interface Qualification {
  readonly id: string;
  readonly code: string;
  readonly identifier: string | null;
  readonly validFrom: string;
  readonly validUntil: string | null;
  readonly revokedAt: string | null;
  readonly expiresSoon: boolean;
}

export interface Absence {
  readonly id: string;
  readonly person: Named;
  readonly substitute: Named;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly reason: string;
  readonly endedAt: string | null;
  readonly tasksPassedAt: string | null;
}

/** A person in the list. */
export interface PersonRow {
  readonly id: string;
  readonly displayName: string;
  readonly username: string | null;
  readonly staffNumber: string | null;
  readonly disabledAt: string | null;
  readonly canSignIn: boolean;
  readonly assignments: readonly Pick<RoleAssignment, 'id' | 'role' | 'unit' | 'unitName' | 'status'>[];
  readonly proposals: readonly { readonly id: string }[];
  readonly qualifications: readonly { readonly id: string; readonly expiresSoon: boolean }[];
}

/** A person's own page. */
export interface Person extends Omit<PersonRow, 'assignments' | 'proposals' | 'qualifications'> {
  readonly createdAt: string;
  readonly disabledBy: Named | null;
  readonly assignments: readonly RoleAssignment[];
  readonly proposals: readonly RoleProposal[];
  readonly qualifications: readonly Qualification[];
  readonly absences: readonly Absence[];
}

export interface OwnRoles {
  readonly assignments: readonly RoleAssignment[];
  readonly passedOn: readonly RoleAssignment[];
  readonly qualifications: readonly Qualification[];
  readonly absences: readonly Absence[];
}

export interface Ward {
  readonly id: string;
  readonly name: LocalizedText;
}

/** Roles as they are given, in the order in which they are offered, and which of them work in a ward. */
export const givenRoles = ['doctor', 'nurse', 'head-nurse', 'pharmacist', 'finance', 'operator', 'process-owner', 'privacy-officer', 'auditor', 'system-administrator', 'security-administrator'] as const;
export const wardRoles: readonly string[] = ['doctor', 'nurse', 'head-nurse'];
/** Each excludes every other role; the gateway decides again. */
export const administratorRoles: readonly string[] = ['auditor', 'system-administrator', 'security-administrator'];
/** Never passed on; the gateway decides again. */
export const notPassedOn: readonly string[] = [...administratorRoles, 'privacy-officer'];
/** The licence that a role needs; the gateway decides again. */
export const neededLicence: Readonly<Record<string, string>> = { doctor: 'physician-licence', nurse: 'nurse-licence', 'head-nurse': 'nurse-licence', pharmacist: 'pharmacist-licence' };

/** A role or licence as the schema's enum writes it. */
export function enumOf(value: string): string {
  return value.toUpperCase().replaceAll('-', '_');
}
