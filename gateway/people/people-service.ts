import { endAbsence, enterAbsence, type EndAbsence, type EnterAbsence } from './absences.ts';
import { createPerson, disablePerson, enablePerson, renamePerson, renewFirstPasswordLink, type CreatePerson, type PersonCommand, type RenamePerson } from './accounts.ts';
import { createAct, type ActDependencies, type PeopleCommand } from './act.ts';
import { delegateRole, endDelegation, type DelegateRole } from './delegations.ts';
import { confirmRole, endRole, grantRole, rejectRole, type DecideProposal, type EndAssignment, type GrantRole } from './grants.ts';
import { recordQualification, revokeQualification, type RecordQualification, type RevokeQualification } from './qualifications.ts';
import { closeWard, createWard, renameWard, reopenWard, type CreateWard, type RenameWard, type WardCommandWithReason } from './wards.ts';

/** Everything that is done with people, their roles and the wards in which they work. Each act rejects with PeopleRefusal when it is refused; then nothing was changed. */
export function createPeopleService(dependencies: ActDependencies) {
  const act = createAct(dependencies);
  return {
    createPerson: (command: CreatePerson) => createPerson(act, command),
    renamePerson: (command: RenamePerson) => renamePerson(act, command),
    disablePerson: (command: PersonCommand) => disablePerson(act, command),
    enablePerson: (command: PersonCommand) => enablePerson(act, command),
    renewFirstPasswordLink: (command: PeopleCommand & { readonly personId: string }) => renewFirstPasswordLink(act, command),
    grantRole: (command: GrantRole) => grantRole(act, command),
    confirmRole: (command: DecideProposal) => confirmRole(act, command),
    rejectRole: (command: DecideProposal & { readonly reason: string }) => rejectRole(act, command),
    endRole: (command: EndAssignment) => endRole(act, command),
    recordQualification: (command: RecordQualification) => recordQualification(act, command),
    revokeQualification: (command: RevokeQualification) => revokeQualification(act, command),
    delegateRole: (command: DelegateRole) => delegateRole(act, command),
    endDelegation: (command: EndAssignment) => endDelegation(act, command),
    enterAbsence: (command: EnterAbsence) => enterAbsence(act, command),
    endAbsence: (command: EndAbsence) => endAbsence(act, command),
    createWard: (command: CreateWard) => createWard(act, command),
    renameWard: (command: RenameWard) => renameWard(act, command),
    closeWard: (command: WardCommandWithReason) => closeWard(act, command),
    reopenWard: (command: WardCommandWithReason) => reopenWard(act, command),
  };
}

export type PeopleService = ReturnType<typeof createPeopleService>;
