import type { Prisma } from '#database';
import type { Viewer } from '../identity/index.ts';
import { createAct, type ActDependencies } from './act.ts';
import { addCareTeamMember, type AddCareTeamMember } from './add-care-team-member.ts';
import { searchCarers } from './carers.ts';
import { endCareTeamMembership, type EndCareTeamMembership } from './end-care-team-membership.ts';
import { endEmergencyAccess, type EndEmergencyAccess } from './end-emergency-access.ts';
import { labelPatient, type LabelPatient } from './label-patient.ts';
import { openAccessesOf } from './open-accesses.ts';
import { removeLabel, type RemoveLabel } from './remove-label.ts';
import { reviewEmergencyAccess, type ReviewEmergencyAccess } from './review-emergency-access.ts';
import { searchPatients, type PatientSearch } from './search-patients.ts';
import { takeEmergencyAccess, type TakeEmergencyAccess } from './take-emergency-access.ts';

export interface PatientAccessOptions extends ActDependencies {
  /** How long an emergency access lasts, minutes; an hour when absent. */
  readonly emergencyAccessMinutes?: number | undefined;
}

/** How long an emergency access lasts when nothing is set, minutes. */
export const defaultEmergencyAccessMinutes = 60;

/** Everything that people do about who may see a patient. Each act rejects with PatientAccessRefusal when it is refused; then nothing was changed. */
export function createPatientAccess({ emergencyAccessMinutes = defaultEmergencyAccessMinutes, ...dependencies }: PatientAccessOptions) {
  const act = createAct(dependencies);
  const { database } = dependencies;
  return {
    emergencyAccessMinutes,
    takeEmergencyAccess: (command: TakeEmergencyAccess) => takeEmergencyAccess(act, dependencies, emergencyAccessMinutes, command),
    endEmergencyAccess: (command: EndEmergencyAccess) => endEmergencyAccess(act, dependencies, command),
    reviewEmergencyAccess: (command: ReviewEmergencyAccess) => reviewEmergencyAccess(act, dependencies, command),
    addCareTeamMember: (command: AddCareTeamMember) => addCareTeamMember(act, dependencies, command),
    endCareTeamMembership: (command: EndCareTeamMembership) => endCareTeamMembership(act, dependencies, command),
    labelPatient: (command: LabelPatient) => labelPatient(act, dependencies, command),
    removeLabel: (command: RemoveLabel) => removeLabel(act, dependencies, command),
    searchPatients: (viewer: Viewer, search: PatientSearch, identifiable: Prisma.PatientWhereInput) => searchPatients(dependencies, viewer, search, identifiable),
    searchCarers: (text: string) => searchCarers(database, text),
    openAccessesOf: (userId: string, patientIds: readonly string[]) => openAccessesOf(database, userId, patientIds),
  };
}

export type PatientAccess = ReturnType<typeof createPatientAccess>;
