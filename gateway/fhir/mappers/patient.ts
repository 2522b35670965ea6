import type { Prisma } from '#database';
import { labelPolicy, type LabelCode } from '../../identity/policy/labels.ts';
import { fhirIdOf, systems } from '../ids.ts';
import { masked, metaOf } from '../masked.ts';
import type { Coding, PatientResource } from '../resources.ts';

export type PatientRow = Prisma.PatientGetPayload<object>;

/** What the policy lets the viewer see of the patient, and the labels in force where the viewer may know them. */
export interface PatientView {
  readonly seesName: boolean;
  readonly seesBirthDate: boolean;
  readonly labels: readonly LabelCode[];
}

/** Made up for the demo hospital. HL7 Terminology, ActReason. */
const testData: Coding = { system: 'http://terminology.hl7.org/CodeSystem/v3-ActReason', code: 'HTEST', display: 'test health data' };

/** R4 §8.1 Patient. The number stands in the id and as an identifier; a hidden name or birth date as `masked`. */
export function patientResource({ id, name, gender, birthDate, isSynthetic }: PatientRow, { seesName, seesBirthDate, labels }: PatientView): PatientResource {
  const fhirId = fhirIdOf(id);
  const sensitivity = labels.map((code): Coding => ({ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code, display: labelPolicy[code].name.en }));
  return {
    resourceType: 'Patient',
    ...(fhirId === undefined ? {} : { id: fhirId }),
    ...metaOf({ security: [...sensitivity, ...(isSynthetic ? [testData] : [])], isRedacted: !seesName || !seesBirthDate }),
    identifier: [{ system: systems.patient, value: id }],
    name: [seesName ? { use: 'official', text: name } : { extension: masked }],
    gender: genders.includes(gender) ? gender : 'unknown',
    ...(seesBirthDate ? { birthDate: birthDate.toISOString().slice(0, 10) } : { _birthDate: { extension: masked } }),
  };
}

/** R4, AdministrativeGender. */
export const genders: readonly string[] = ['male', 'female', 'other', 'unknown'];
