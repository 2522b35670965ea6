import type { Role } from './policy.ts';

/** Licences and certificates that roles need (执业证书). */
export const qualificationCodes = ['physician-licence', 'nurse-licence', 'pharmacist-licence'] as const;
export type QualificationCode = (typeof qualificationCodes)[number];

/**
 * The qualification without which a role is not in force: 医师法 Art. 13, 护士条例 Art. 7, 处方管理办法 Art. 31 (who prescribes,
 * nurses, dispenses and judges prescriptions has a licence). Roles without a row need none.
 */
export const neededQualification: Readonly<Partial<Record<Role, QualificationCode>>> = {
  doctor: 'physician-licence',
  nurse: 'nurse-licence',
  'head-nurse': 'nurse-licence',
  pharmacist: 'pharmacist-licence',
};

/** The three administrators (三员). Each excludes the other two and every other role of the same person (GB/T 22239 8.1.5). */
export const administratorRoles = ['system-administrator', 'security-administrator', 'auditor'] as const satisfies readonly Role[];

/** Roles that nobody passes on to another person (不得转授). */
const notPassedOn: readonly string[] = [...administratorRoles, 'privacy-officer'];

export function isAdministratorRole(role: string): boolean {
  return administratorRoles.some((each) => each === role);
}

/** Whether one person may not have both roles at the same time; a role does not exclude itself. The database enforces it as well. */
export function areExclusive(one: string, other: string): boolean {
  return one !== other && (isAdministratorRole(one) || isAdministratorRole(other));
}

export function canBePassedOn(role: string): boolean {
  return !notPassedOn.includes(role);
}
