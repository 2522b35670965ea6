import type { Role } from '../policy.ts';
import type { Relation } from './relations.ts';

/** Types whose rows belong to a patient, a case or the record. */
export type SubjectType = 'ProcessInstance' | 'Task' | 'Patient' | 'Incident' | 'Alert' | 'Decision' | 'AuditEntry';

/** Relations by role, one of which suffices; a role without a row has none that does. */
export type Grants = Readonly<Partial<Record<Role, readonly Relation[]>>>;

const bedside = ['ward', 'care-team', 'duty', 'emergency-access'] as const satisfies readonly Relation[];
/** A hospital pharmacist answers for the drugs of whoever is in the hospital, in whichever ward. */
const pharmacy = ['current-stay', 'care-team', 'duty', 'emergency-access'] as const satisfies readonly Relation[];

/** Who sees rows of a type, by role and relation. */
export const typePolicy: Readonly<Record<SubjectType, Grants>> = {
  Patient: {
    doctor: bedside, nurse: bedside, 'head-nurse': bedside, pharmacist: pharmacy,
    auditor: ['hospital'], 'privacy-officer': ['hospital'], 'emr-desk': ['hospital'], his: ['hospital'],
  },
  ProcessInstance: {
    doctor: [...bedside, 'started', 'no-patient'], nurse: [...bedside, 'started', 'no-patient'], 'head-nurse': [...bedside, 'started', 'no-patient'], pharmacist: [...pharmacy, 'started', 'no-patient'],
    auditor: ['hospital'], operator: ['hospital'], 'process-owner': ['hospital'], his: ['hospital'], 'emr-desk': ['hospital'], lis: ['started'],
  },
  // Nurses and pharmacists see the tasks that they can do: the list is their work, and long as it is.
  Task: {
    doctor: [...bedside, 'no-patient'], nurse: ['duty'], 'head-nurse': [...bedside, 'no-patient'], pharmacist: ['duty'],
    auditor: ['hospital'], operator: ['hospital'], 'process-owner': ['duty'],
  },
  Incident: {
    doctor: [...bedside, 'started', 'no-patient'], nurse: [...bedside, 'started', 'no-patient'], 'head-nurse': [...bedside, 'started', 'no-patient'], pharmacist: [...pharmacy, 'started', 'no-patient'],
    auditor: ['hospital'], operator: ['hospital'], 'process-owner': ['hospital'],
  },
  Alert: { doctor: bedside, nurse: bedside, 'head-nurse': bedside, pharmacist: pharmacy, auditor: ['hospital'] },
  Decision: { doctor: [...bedside, 'no-patient'], nurse: [...bedside, 'no-patient'], 'head-nurse': [...bedside, 'no-patient'], pharmacist: [...pharmacy, 'no-patient'], auditor: ['hospital'] },
  AuditEntry: {
    doctor: bedside, nurse: bedside, 'head-nurse': bedside, pharmacist: pharmacy,
    auditor: ['hospital'], operator: ['hospital'], 'process-owner': ['hospital'], 'privacy-officer': ['access-entry'],
  },
};

/**
 * Who compares and counts decisions of patients whom it does not see: the answers say of none whose they are.
 * `hospital`: over all wards. `ward`: over wards in which the viewer has the role. The others compare no wards.
 */
export const statisticsPolicy: Readonly<Partial<Record<Role, 'hospital' | 'ward'>>> = { pharmacist: 'hospital', auditor: 'hospital', doctor: 'ward', nurse: 'ward', 'head-nurse': 'ward' };

/** Roles that may take emergency access to a patient: for the others it would open nothing. */
export const emergencyAccessRoles: readonly Role[] = Object.entries(typePolicy.Patient).flatMap(([role, granted]) => ((granted as readonly Relation[]).includes('emergency-access') ? [role as Role] : []));
