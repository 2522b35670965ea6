import { defineCommand } from '../rules/define-command.ts';

const command = <Input>(field: string, payload = '') => {
  const type = `${field.charAt(0).toUpperCase()}${field.slice(1)}`;
  return defineCommand<Input>(type, field, `${type}Input`, payload);
};

interface OfPerson {
  readonly personId: string;
}
interface WithReason {
  readonly reason: string;
}

/** What is told once of a new account: where its person sets their password. */
export interface NewLink {
  readonly person: { readonly id: string };
  readonly firstPasswordPath: string | null;
}
const link = (name: string) => `... on ${name}Payload { person { id } firstPasswordPath }`;

export const createPersonCommand = command<{ readonly name: string; readonly username: string; readonly staffNumber?: string }>('createPerson', link('CreatePerson'));
export const renewLinkCommand = command<OfPerson>('renewFirstPasswordLink', link('RenewFirstPasswordLink'));
export const renamePersonCommand = command<OfPerson & { readonly name: string; readonly staffNumber?: string }>('renamePerson');
export const disablePersonCommand = command<OfPerson & WithReason>('disablePerson');
export const enablePersonCommand = command<OfPerson & WithReason>('enablePerson');
export const grantRoleCommand = command<OfPerson & WithReason & { readonly role: string; readonly unit?: string; readonly validFrom?: string; readonly validUntil?: string }>('grantRole');
export const confirmRoleCommand = command<{ readonly proposalId: string }>('confirmRole');
export const rejectRoleCommand = command<WithReason & { readonly proposalId: string }>('rejectRole');
export const endRoleCommand = command<WithReason & { readonly assignmentId: string }>('endRole');
export const recordQualificationCommand = command<OfPerson & { readonly code: string; readonly identifier: string; readonly validFrom: string; readonly validUntil?: string }>('recordQualification');
export const revokeQualificationCommand = command<WithReason & { readonly qualificationId: string }>('revokeQualification');
export const delegateRoleCommand = command<WithReason & { readonly assignmentId: string; readonly delegateId: string; readonly validUntil: string }>('delegateRole');
export const endDelegationCommand = command<WithReason & { readonly assignmentId: string }>('endDelegation');
export const enterAbsenceCommand = command<WithReason & { readonly personId?: string; readonly substituteId: string; readonly startsAt?: string; readonly endsAt: string }>('enterAbsence');
export const endAbsenceCommand = command<WithReason & { readonly absenceId: string }>('endAbsence');
