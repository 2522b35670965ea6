/** Who may see a patient beyond the own ward: emergency access (break-glass), care teams, sensitivity labels. */
export { careTeamLeaders, careTeamReasonCodes } from './add-care-team-member.ts';
export { carerRoles, type Carer } from './carers.ts';
export { emergencyReasonCodes, reasonLength } from './emergency-reason.ts';
export { startAccessEnds } from './end-expired.ts';
export { labelCodes } from './label-patient.ts';
export { createPatientAccess, defaultEmergencyAccessMinutes, type PatientAccess } from './patient-access.ts';
export { PatientAccessRefusal } from './refusal.ts';
export { reviewOutcomes } from './review-emergency-access.ts';
export type { FoundPatients } from './search-patients.ts';
export { patientsInCareOf, requirePatientInCare } from './ward-rights.ts';
