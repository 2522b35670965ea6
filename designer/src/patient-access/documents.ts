import { defineDocument } from '../graphql/client.ts';
import { errorFields, localized, pageFields, patientFields } from '../graphql/fragments.ts';
import type { Connection, Patient } from '../graphql/model.ts';
import type { AccessLogEntry, AccessStatus, CareTeamMember, Carer, CareTeamReason, EmergencyAccess, EmergencyReason, LabelCode, PatientIdentity, ReviewOutcome, SensitivityLabel } from './model.ts';

const identityFields = `patientId name birthYear isSynthetic bed wardName ${localized} isVisible`;
const accessFields = `
  id patient { ${identityFields} } person { id displayName } reasonCode reason startedAt expiresAt endedAt isOpen secondsLeft
  reviews { id outcome comment reviewedBy { id displayName } reviewedAt }
`;
const entryFields = `sequence at action relation sentence ${localized}`;

export type FindBy = { readonly wristband: string | null; readonly encounterId: string | null; readonly name: string | null };

export const findPatientDocument = defineDocument<{ findPatient: { readonly isMore: boolean; readonly patients: readonly PatientIdentity[] } }, FindBy>(`
  query FindPatient($wristband: String, $encounterId: String, $name: String) {
    findPatient(wristband: $wristband, encounterId: $encounterId, name: $name) { isMore patients { ${identityFields} } }
  }
`);

export const openAccessesDocument = defineDocument<{ myEmergencyAccesses: readonly EmergencyAccess[]; emergencyAccessMinutes: number }, Record<string, never>>(`
  query OpenEmergencyAccesses { emergencyAccessMinutes myEmergencyAccesses(open: true) { ${accessFields} } }
`);

/** Carries nothing: what is shown is read again. */
export const patientAccessChangedSubscription = 'subscription PatientAccessChanged($after: String) { patientAccessChanged(after: $after) { cursor } }';

export const takeAccessDocument = defineDocument<Record<string, unknown>, { input: { patientId: string; reasonCode: EmergencyReason; reason: string; idempotencyKey: string } }>(`
  mutation TakeEmergencyAccess($input: TakeEmergencyAccessInput!) { takeEmergencyAccess(input: $input) { __typename ... on TakeEmergencyAccessPayload { wasOpen emergencyAccess { ${accessFields} } } ${errorFields} } }
`);

export const endAccessDocument = defineDocument<Record<string, unknown>, { input: { accessId: string; idempotencyKey: string } }>(`
  mutation EndEmergencyAccess($input: EndEmergencyAccessInput!) { endEmergencyAccess(input: $input) { __typename ... on EndEmergencyAccessPayload { emergencyAccess { id } } ${errorFields} } }
`);

export const accessesDocument = defineDocument<{ emergencyAccesses: Connection<EmergencyAccess> }, { status: AccessStatus; first: number; after: string | null }>(`
  query EmergencyAccesses($status: EmergencyAccessStatus!, $first: Int!, $after: String) {
    emergencyAccesses(status: $status, first: $first, after: $after) { totalCount edges { node { ${accessFields} } } ${pageFields} }
  }
`);

export const accessEntriesDocument = defineDocument<{ emergencyAccesses: Connection<{ readonly id: string; readonly entries: readonly AccessLogEntry[] }> }, { personId: string; patientId: string; from: string }>(`
  query EmergencyAccessEntries($personId: String!, $patientId: ID!, $from: DateTime!) {
    emergencyAccesses(personId: $personId, patientId: $patientId, from: $from, first: 20) { edges { node { id entries { ${entryFields} } } } ${pageFields} }
  }
`);

export const reviewAccessDocument = defineDocument<Record<string, unknown>, { input: { accessId: string; outcome: ReviewOutcome; comment: string; corrects: string | null; idempotencyKey: string } }>(`
  mutation ReviewEmergencyAccess($input: ReviewEmergencyAccessInput!) { reviewEmergencyAccess(input: $input) { __typename ... on ReviewEmergencyAccessPayload { emergencyAccess { ${accessFields} } } ${errorFields} } }
`);

export const patientDocument = defineDocument<{ patients: Connection<Patient> }, { search: string }>(`
  query PatientOfPage($search: String!) { patients(first: 5, search: $search) { edges { node { ${patientFields} } } ${pageFields} } }
`);

export const careTeamDocument = defineDocument<{ careTeam: readonly CareTeamMember[] }, { patientId: string }>(`
  query CareTeam($patientId: ID!) { careTeam(patientId: $patientId) { id person { id displayName } reasonCode validUntil } }
`);

export const carersDocument = defineDocument<{ findCarers: readonly Carer[] }, { text: string }>(`
  query FindCarers($text: String!) { findCarers(text: $text) { id displayName roles unitName ${localized} } }
`);

export const addMemberDocument = defineDocument<Record<string, unknown>, { input: { patientId: string; userId: string; reasonCode: CareTeamReason; validUntil: string; idempotencyKey: string } }>(`
  mutation AddCareTeamMember($input: AddCareTeamMemberInput!) { addCareTeamMember(input: $input) { __typename ... on AddCareTeamMemberPayload { member { id } } ${errorFields} } }
`);

export const endMembershipDocument = defineDocument<Record<string, unknown>, { input: { membershipId: string; idempotencyKey: string } }>(`
  mutation EndCareTeamMembership($input: EndCareTeamMembershipInput!) { endCareTeamMembership(input: $input) { __typename ... on EndCareTeamMembershipPayload { member { id } } ${errorFields} } }
`);

export const labelsDocument = defineDocument<{ sensitivityLabels: readonly SensitivityLabel[] }, { patientId: string }>(`
  query SensitivityLabels($patientId: ID!) { sensitivityLabels(patientId: $patientId) { id code reason setBy { id displayName } setAt } }
`);

export const labelPatientDocument = defineDocument<Record<string, unknown>, { input: { patientId: string; code: LabelCode; reason: string; idempotencyKey: string } }>(`
  mutation LabelPatient($input: LabelPatientInput!) { labelPatient(input: $input) { __typename ... on LabelPatientPayload { label { id } } ${errorFields} } }
`);

export const removeLabelDocument = defineDocument<Record<string, unknown>, { input: { labelId: string; reason: string; idempotencyKey: string } }>(`
  mutation RemoveLabel($input: RemoveLabelInput!) { removeLabel(input: $input) { __typename ... on RemoveLabelPayload { label { id } } ${errorFields} } }
`);

export const patientIdentityDocument = defineDocument<{ patientIdentity: PatientIdentity | null }, { patientId: string }>(`
  query PatientIdentity($patientId: ID!) { patientIdentity(patientId: $patientId) { ${identityFields} } }
`);

export const accessLogDocument = defineDocument<{ patientAccessLog: Connection<AccessLogEntry> }, { patientId: string; first: number; after: string | null }>(`
  query PatientAccessLog($patientId: ID!, $first: Int!, $after: String) { patientAccessLog(patientId: $patientId, first: $first, after: $after) { edges { node { ${entryFields} } } ${pageFields} } }
`);
