/** How a person who lost password or factors gets in again. */
export { createRecoveryCases, type NewRecovery, type RecoveryCase, type RecoveryCases, type RecoveryRefusal } from './recovery-cases.ts';
export { createPasswordSetter, type PasswordSetter, type ReadLink, type SetPasswordProblem } from './set-password.ts';
