import { defineDocument } from '../graphql/client.ts';
import { patientFields } from '../graphql/fragments.ts';
import type { Connection, Patient } from '../graphql/model.ts';

/** Whose wristband it is. */
export const wristbandDocument = defineDocument<{ patientByWristband: Patient | null }, { wristband: string }>(`
  query PatientByWristband($wristband: String!) { patientByWristband(wristband: $wristband) { ${patientFields} } }
`);

/** For the two identifiers entered by hand. */
export const searchDocument = defineDocument<{ patients: Connection<Patient> }, { search: string }>(`
  query PatientsToIdentify($search: String!) { patients(first: 20, search: $search) { edges { node { ${patientFields} } } pageInfo { hasNextPage endCursor } } }
`);
